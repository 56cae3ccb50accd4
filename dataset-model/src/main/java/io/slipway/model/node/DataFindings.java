package io.slipway.model.node;

import java.util.List;
import java.util.Optional;

/**
 * What a node found in the records of a staged version.
 *
 * @param failures the canaries that failed, in their order
 * @param changes how the sample of its records compares, if that was asked and could be found out
 * @param problem what kept the node from finding out how it compares, as a sentence; empty if nothing did
 */
public record DataFindings(List<Failure> failures, Optional<SampledChanges> changes, String problem) {

    /** Takes a copy of the list. */
    public DataFindings {
        failures = List.copyOf(failures);
    }

    /**
     * A canary that failed.
     *
     * @param canary the canary as it was written
     * @param found what is there instead, as part of a sentence
     */
    public record Failure(String canary, String found) {}

    /**
     * How the sample of two versions' records compares.
     *
     * @param currentKeys how many keys of the current version were looked at
     * @param removed how many of those are not in the next version
     * @param changed how many of those have another value there
     * @param nextKeys how many keys of the next version were looked at
     * @param added how many of those are not in the current version
     */
    public record SampledChanges(long currentKeys, long removed, long changed, long nextKeys, long added) {}
}
