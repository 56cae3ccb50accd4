package io.slipway.serving.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final long SECOND = 1_000_000_000;

    /** Near the end of what the clock can show, which it is allowed to pass. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);

    private final long start = nanos.get();

    @Test
    void bytesTakeTheTimeThatTheirRateSays() {
        Throttle throttle = new Throttle(1000, nanos::get, nanos::addAndGet);
        for (int i = 0; i < 30; i++) {
            throttle.take(100, () -> false);
        }
        assertThat(nanos.get() - start).isEqualTo(3 * SECOND);
    }

    @Test
    void aPauseIsNotSavedUpForABurst() {
        Throttle throttle = new Throttle(1000, nanos::get, nanos::addAndGet);
        throttle.take(1000, () -> false);
        nanos.addAndGet(10 * SECOND);
        long burst = nanos.get();
        throttle.take(1000, () -> false);
        assertThat(nanos.get() - burst).isEqualTo(SECOND);
    }

    @Test
    void withoutABoundNobodyWaits() {
        new Throttle(0, nanos::get, nanos::addAndGet).take(Long.MAX_VALUE, () -> false);
        assertThat(nanos.get()).isEqualTo(start);
    }

    @Test
    void whoIsCancelledStopsWaitingSoon() {
        Throttle throttle = new Throttle(1, nanos::get, nanos::addAndGet);
        throttle.take(1_000_000, () -> nanos.get() - start >= SECOND);
        assertThat(nanos.get() - start).isBetween(SECOND, SECOND + SECOND / 10);
    }

    @Test
    void whoWaitsGoesOnWhenTheBoundIsChangedAndTheNewOneHolds() {
        AtomicLong naps = new AtomicLong();
        Throttle[] throttle = new Throttle[1];
        throttle[0] = new Throttle(1, nanos::get, nap -> {
            nanos.addAndGet(nap);
            if (naps.incrementAndGet() == 3) {
                throttle[0].limit(1000);
            }
        });
        throttle[0].take(1_000_000, () -> false);
        assertThat(naps).hasValue(3);
        long changed = nanos.get();
        throttle[0].take(2000, () -> false);
        assertThat(nanos.get() - changed).isEqualTo(2 * SECOND);
    }
}
