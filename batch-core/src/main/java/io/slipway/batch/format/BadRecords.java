package io.slipway.batch.format;

import io.slipway.batch.BadRecord;
import io.slipway.batch.SourceContext;
import java.util.function.Supplier;

/** What is done with a record of the input that cannot be used. */
public enum BadRecords {
    /**
     * It is refused: the job fails, naming the record, unless it runs with {@link io.slipway.batch.DeadLetters}.
     */
    FAIL {
        @Override
        void handle(SourceContext<?> context, Supplier<BadRecord> record, String remedy) {
            context.refuse(record, remedy);
        }
    },
    /**
     * It is left out and counted ({@link SourceContext#BAD_RECORDS}); the job's result shows the first few.
     */
    SKIP {
        @Override
        void handle(SourceContext<?> context, Supplier<BadRecord> record, String remedy) {
            context.badRecord(record);
        }
    };

    /** The job fails, naming the record, unless it runs with dead letters. */
    public static BadRecords fail() {
        return FAIL;
    }

    /** It is left out and counted. */
    public static BadRecords skip() {
        return SKIP;
    }

    abstract void handle(SourceContext<?> context, Supplier<BadRecord> record, String remedy);
}
