package io.slipway.cli;

import io.slipway.batch.Job;
import io.slipway.batch.table.TableSpec;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code publish} for changes on a version instead of all records. */
final class DeltaOptions {

    @Option(
            names = "--delta",
            description = "The rows are changes on the current version, or on that of --base; types are those of that"
                    + " version.")
    private boolean delta;

    @Option(
            names = "--base",
            paramLabel = "VERSION",
            description = "With --delta: the number of the version that the rows change. Default: the current one.")
    private Long base;

    @Option(
            names = "--delete-marker",
            paramLabel = "FIELD",
            description =
                    "With --delta: the column that says which rows are deletes, true or false; a delete needs only"
                            + " its key and this. It is not part of the value.")
    private String deleteMarker;

    /**
     * Refuses options that contradict each other.
     *
     * @throws ParameterException if they do
     */
    void check(TableInputOptions input, CommandLine command) {
        if (!delta && (base != null || deleteMarker != null)) {
            throw new ParameterException(
                    command, "--base and --delete-marker are for deltas. Add --delta, or leave them away.");
        }
        if (delta && input.isNewSchema()) {
            throw new ParameterException(
                    command,
                    "A delta has the types of its base, and --new-schema finds them afresh. Leave one of them away.");
        }
    }

    /** The base that was named. */
    OptionalLong base() {
        return base == null ? OptionalLong.empty() : OptionalLong.of(base);
    }

    /**
     * What is to be read, with the column that marks deletes.
     *
     * @throws ParameterException if that is one of key or value
     */
    TableSpec in(TableSpec columns, CommandLine command) {
        try {
            return deleteMarker == null ? columns : columns.withDeleteMarker(deleteMarker);
        } catch (InvalidInputException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    /** What is to be published, as a delta if it is one. */
    Publication in(Publication publication) {
        if (!delta) {
            return publication;
        }
        return base == null ? publication.asDelta() : publication.asDeltaOn(base);
    }

    /** Notes in a job what its result depends on. */
    void addParameters(Job job) {
        if (delta) {
            job.parameter("delta", base == null ? "on the current version" : base);
            job.parameter("deleteMarker", deleteMarker == null ? "" : deleteMarker);
        }
    }
}
