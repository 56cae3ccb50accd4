package io.slipway.serving.http;

import io.slipway.serving.access.AccessLog;
import io.slipway.serving.metrics.LookupMetrics;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Exchanges that wait for their next request: one per thread, and a few for all. Thread-safe. */
final class Exchanges {

    private static final int SHARED = 64;

    private final LookupMetrics metrics;
    private final AccessLog accessLog;
    private final Duration time;
    private final BlockingQueue<Exchange> shared = new ArrayBlockingQueue<>(SHARED);
    private final ThreadLocal<Slot> slots = ThreadLocal.withInitial(Slot::new);

    Exchanges(LookupMetrics metrics, AccessLog accessLog, Duration time) {
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.time = time;
    }

    /** An exchange that nobody else has. */
    Exchange take() {
        Slot slot = slots.get();
        Exchange exchange = slot.exchange;
        slot.exchange = null;
        if (exchange == null) {
            exchange = shared.poll();
        }
        return exchange == null ? new Exchange(this, metrics, accessLog, time) : exchange;
    }

    /** Takes an exchange back whose buffers nobody uses any more. */
    void give(Exchange exchange) {
        Slot slot = slots.get();
        if (slot.exchange == null) {
            slot.exchange = exchange;
        } else {
            shared.offer(exchange); // One more than fits is left to the garbage collector.
        }
    }

    private static final class Slot {
        private Exchange exchange;
    }
}
