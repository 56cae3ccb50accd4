package io.slipway.batch.format;

import io.slipway.batch.BadRecord;
import io.slipway.batch.SourceContext;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** What is done with a record of the input that cannot be read. */
public enum BadRecords {
    /** The job fails, naming the record. */
    FAIL {
        @Override
        void handle(SourceContext<?> context, Path file, LongSupplier line, String reason, String remedy) {
            throw new InvalidInputException(file + ", line " + line.getAsLong() + ": " + reason + " " + remedy);
        }
    },
    /**
     * It is left out and counted ({@link SourceContext#BAD_RECORDS}); the job's result shows the first few.
     */
    SKIP {
        @Override
        void handle(SourceContext<?> context, Path file, LongSupplier line, String reason, String remedy) {
            context.badRecord(() -> new BadRecord(file.toString(), line.getAsLong(), reason));
        }
    };

    /** The job fails, naming the record. */
    public static BadRecords fail() {
        return FAIL;
    }

    /** It is left out and counted. */
    public static BadRecords skip() {
        return SKIP;
    }

    abstract void handle(SourceContext<?> context, Path file, LongSupplier line, String reason, String remedy);
}
