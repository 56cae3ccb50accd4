package io.slipway.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LookupMetricsTest {

    private static final int THREADS = 8;
    private static final int REQUESTS = 20_000;
    private static final DatasetName AIRPORTS = new DatasetName("airports");

    private final LookupMetrics metrics = new LookupMetrics();

    @Test
    void countsOfManyThreadsAreExactAndOnlyRise() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            Future<?> watcher = threads.submit(() -> watch(done));
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                work.add(threads.submit(this::request));
            }
            for (Future<?> one : work) {
                one.get();
            }
            done.set(true);
            watcher.get();
        } finally {
            threads.shutdownNow();
        }
        long all = (long) THREADS * REQUESTS;
        DatasetLookups airports = metrics.of(AIRPORTS);
        assertThat(airports.replies(LookupKind.RECORD, 2)).isEqualTo(all);
        assertThat(airports.hits(LookupKind.RECORD)).isEqualTo(all);
        assertThat(airports.misses(LookupKind.RECORD)).isEqualTo(2 * all);
        assertThat(airports.latency(LookupKind.RECORD).counts()[0]).isEqualTo(all);
        assertThat(airports.latency(LookupKind.RECORD).sumSeconds()).isEqualTo(all * 100 / 1e9);
        assertThat(metrics.others().replies(LookupKind.OTHER, 4)).isEqualTo(all);
        assertThat(metrics.problems()).containsEntry("no-such-resource", all);
        assertThat(metrics.inFlight()).isZero();
    }

    private void request() {
        for (int i = 0; i < REQUESTS; i++) {
            metrics.begun();
            metrics.begun();
            metrics.of(AIRPORTS).lookedUp(LookupKind.RECORD, 1, 2);
            metrics.of(AIRPORTS).replied(LookupKind.RECORD, 200, 100);
            metrics.problem("no-such-resource");
            metrics.others().replied(LookupKind.OTHER, 404, 100);
        }
    }

    private void watch(AtomicBoolean done) {
        long replies = 0;
        while (!done.get()) {
            long now = metrics.of(AIRPORTS).replies(LookupKind.RECORD, 2);
            assertThat(now).isGreaterThanOrEqualTo(replies);
            assertThat(metrics.inFlight()).isNotNegative();
            replies = now;
        }
    }

    @Test
    void datasetsAndKindsAreCountedApart() {
        metrics.of(AIRPORTS).replied(LookupKind.BATCH, 503, 2_000_000_000);
        assertThat(metrics.of(AIRPORTS).replies(LookupKind.BATCH, 5)).isEqualTo(1);
        assertThat(metrics.of(AIRPORTS).replies(LookupKind.RECORD, 5)).isZero();
        assertThat(metrics.of(new DatasetName("cities")).replies(LookupKind.BATCH, 5))
                .isZero();
        assertThat(metrics.of(AIRPORTS).latency(LookupKind.BATCH).counts()).endsWith(1L);
        assertThat(metrics.datasets()).containsOnlyKeys("airports", "cities");
    }
}
