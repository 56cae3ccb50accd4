package io.slipway.kafka.read;

import io.slipway.kafka.control.AttemptId;

/** Stages that keep nothing: for who only wants to know what counts. */
final class NoStages implements AttemptStages {

    private static final AttemptStage NOTHING = new AttemptStage() {
        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void delete(byte[] key) {}

        @Override
        public void end() {}

        @Override
        public void drop() {}
    };

    @Override
    public AttemptStage open(AttemptId id, long startOffset, Order order) {
        return NOTHING;
    }

    @Override
    public AttemptStage reopen(AttemptId id, long startOffset) {
        return NOTHING;
    }
}
