package io.slipway.serving.http;

import io.slipway.serving.metrics.LookupMetrics;

/** Exchanges that wait for their next request: at most one per thread. Thread-safe. */
final class Exchanges {

    private final LookupMetrics metrics;
    private final ThreadLocal<Slot> slots = ThreadLocal.withInitial(Slot::new);

    Exchanges(LookupMetrics metrics) {
        this.metrics = metrics;
    }

    /** An exchange that nobody else has. */
    Exchange take() {
        Slot slot = slots.get();
        Exchange exchange = slot.exchange;
        slot.exchange = null;
        return exchange == null ? new Exchange(this, metrics) : exchange;
    }

    /** Takes an exchange back whose buffers nobody uses any more. */
    void give(Exchange exchange) {
        slots.get().exchange = exchange;
    }

    private static final class Slot {
        private Exchange exchange;
    }
}
