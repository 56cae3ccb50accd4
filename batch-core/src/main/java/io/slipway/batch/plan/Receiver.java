package io.slipway.batch.plan;

/** Takes records, within a task. Key and value are passed apart, so that no pair is made for each record. */
@FunctionalInterface
public interface Receiver {

    /**
     * Takes a record.
     *
     * @param key the key, or null where the flow has none
     * @param value the value
     */
    void receive(Object key, Object value);
}
