package io.slipway.serving.access;

/** Where lines of text go. Used by one thread. */
@FunctionalInterface
interface LineTarget extends AutoCloseable {

    /** Takes whole lines; may wait. */
    void write(byte[] lines);

    @Override
    default void close() {}
}
