package io.slipway.model.node;

import io.slipway.model.VersionId;
import io.slipway.model.canary.Canary;
import java.util.List;
import java.util.Optional;

/**
 * What a controller wants to know about the records of a staged version.
 *
 * @param next the version
 * @param canaries what single keys of it have to answer
 * @param sample what to compare it with, if it is to be compared
 */
public record DataQuestion(VersionId next, List<Canary> canaries, Optional<Sample> sample) {

    /** Takes a copy of the list. */
    public DataQuestion {
        canaries = List.copyOf(canaries);
    }

    /**
     * A comparison of a sample of two versions' records.
     *
     * @param current the version to compare with
     * @param keys how many keys of each version are looked at, or all if there are no more
     */
    public record Sample(VersionId current, int keys) {}
}
