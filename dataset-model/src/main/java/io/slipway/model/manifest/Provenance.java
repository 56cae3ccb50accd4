package io.slipway.model.manifest;

import io.slipway.model.publish.InputFile;
import java.time.Instant;
import java.util.List;

/**
 * Where a version comes from.
 *
 * @param job the job's name; may be empty
 * @param parameters what the job's result depended on besides its inputs; may be empty
 * @param engine what ran the job
 * @param label the caller's text for people; may be empty
 * @param inputs what was read
 * @param start when the version was claimed
 * @param end when it was committed
 */
public record Provenance(
        String job,
        String parameters,
        String engine,
        String label,
        List<InputFile> inputs,
        Instant start,
        Instant end) {

    /** Takes a copy of the list. */
    public Provenance {
        inputs = List.copyOf(inputs);
    }
}
