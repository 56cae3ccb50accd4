package io.slipway.examples.delays;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {

    private static final long SEED = 20_150_517;

    @Test
    void percentilesAreThoseOfTheSortedDelays() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            int[] delays = delays(random, 1 + random.nextInt(200));
            DelayHistogram histogram = of(delays);
            int[] sorted = IntStream.of(delays).sorted().toArray();

            assertThat(histogram.flights()).isEqualTo(delays.length);
            assertThat(histogram.mean())
                    .isEqualTo(IntStream.of(delays).average().orElseThrow());
            for (int percent : new int[] {1, 50, 95, 100}) {
                int rank = (int) Math.ceil(percent * delays.length / 100.0);
                assertThat(histogram.percentile(percent))
                        .as("percentile %d of %d flights, seed %d", percent, delays.length, SEED)
                        .isEqualTo(sorted[rank - 1]);
            }
        }
    }

    @Test
    void addingUpPartsGivesWhatCountingAllGives() {
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            int[] left = delays(random, random.nextInt(100));
            int[] right = delays(random, random.nextInt(100));

            DelayHistogram all =
                    of(IntStream.concat(IntStream.of(left), IntStream.of(right)).toArray());
            assertThat(of(left).plus(of(right))).as("seed %d", SEED).isEqualTo(all);
            assertThat(of(right).plus(of(left))).as("seed %d", SEED).isEqualTo(all);
        }
    }

    @Test
    void aFlightOfFourteenMinutesIsOnTimeAndOneOfFifteenIsNot() {
        assertThat(of(-3, 0, 14, 15).onTimeShare()).isEqualTo(0.75);
    }

    @Test
    void theShareOfNoFlightsIsNoNumber() {
        assertThat(DelayHistogram.EMPTY.isEmpty()).isTrue();
        assertThat(DelayHistogram.EMPTY.mean()).isNaN();
    }

    private static int[] delays(Random random, int count) {
        return IntStream.generate(() -> random.nextInt(60) - 20).limit(count).toArray();
    }

    private static DelayHistogram of(int... delays) {
        DelayHistogram histogram = DelayHistogram.EMPTY;
        for (int delay : delays) {
            histogram = histogram.plus(delay);
        }
        return histogram;
    }
}
