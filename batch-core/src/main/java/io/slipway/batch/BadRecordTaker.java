package io.slipway.batch;

import io.slipway.model.InvalidInputException;
import java.util.function.Supplier;

/** Is told of records that cannot be used. Used by one thread. */
public interface BadRecordTaker {

    /**
     * Refuses a record. The job fails; or, if it has {@link DeadLetters}, the record goes there, and the caller goes on
     * without it.
     *
     * @param record the record; asked for at most once
     * @param remedy what to do about it, for the failure
     * @throws InvalidInputException if the job is to fail
     */
    default void refuse(Supplier<BadRecord> record, String remedy) {
        throw new InvalidInputException(record.get().text() + " " + remedy);
    }
}
