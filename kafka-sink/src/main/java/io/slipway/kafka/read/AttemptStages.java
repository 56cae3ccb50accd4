package io.slipway.kafka.read;

import io.slipway.kafka.control.AttemptId;

/** Where a consumer keeps the records of the attempts at one partition, apart from each other. Used by one thread. */
public interface AttemptStages {

    /**
     * Opens a place for an attempt that starts.
     *
     * @param id the attempt
     * @param startOffset the offset of its START, which tells it from another attempt of the same id
     * @param order what the attempt says of the order of its keys
     */
    AttemptStage open(AttemptId id, long startOffset, Order order);

    /**
     * Opens the place again of an attempt that an earlier consumer had opened before it stopped.
     *
     * @param id the attempt
     * @param startOffset the offset of its START
     */
    AttemptStage reopen(AttemptId id, long startOffset);

    /** What an attempt says of the order of its keys. To be checked by who relies on it. */
    enum Order {
        /** They ascend. */
        SORTED,
        /** Any. */
        UNSORTED
    }

    /** The records of one attempt. Used by one thread. */
    interface AttemptStage {

        /** Takes a record; the arrays are the stage's. */
        void put(byte[] key, byte[] value);

        /** Takes the delete of a key; the array is the stage's. */
        void delete(byte[] key);

        /** The attempt is complete and is what it says; whether it counts is not known yet. */
        void end();

        /** The attempt does not count: what was kept of it may go. */
        void drop();
    }

    /** Stages that keep nothing. */
    static AttemptStages none() {
        return new NoStages();
    }
}
