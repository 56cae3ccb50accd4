package io.slipway.kafka.cluster;

/** How large what is written may be. */
public final class TopicLimits {

    /**
     * The most bytes of a record's key and value. As {@code max.message.bytes} the topics get a little more: what Kafka
     * adds to a record that is alone in its batch.
     */
    public static final int MOST_RECORD_BYTES = 16 << 20;

    /** What every topic of Slipway has as {@code max.message.bytes}. */
    public static final int MOST_BATCH_BYTES = MOST_RECORD_BYTES + (64 << 10);

    static final int MOST_REQUEST_BYTES = MOST_BATCH_BYTES + (64 << 10);

    private TopicLimits() {}
}
