package io.slipway.benchmarks;

import io.slipway.serving.NodeSettings;
import io.slipway.serving.reader.DatasetReader;
import io.slipway.serving.reader.SlipwayReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks random keys of the dataset {@code users} up, small {@link UserRecords} in one partition, by {@link SlipwayReader}
 * as bytes and as a Java record, and by {@link BareRocks} in the same files; alternating in one JVM. Usage: {@code InProcess
 * REPOSITORY DATA RECORDS THREADS ROUNDS SECONDS}. Prints a line for each round after the first two: lookups a second as
 * bytes, bare, and as a record. Fails if a value is not the same by all three.
 */
public final class InProcess {

    private static final int WARM_UP_ROUNDS = 2;
    private static final int KEYS = 1 << 18;
    private static final int KEYS_PER_LOOK_AT_THE_CLOCK = 1024;
    private static final long BLOCK_CACHE_BYTES = 512L << 20;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String[] texts = new String[KEYS];
    private final byte[][] keys = new byte[KEYS][];
    private final int threads;
    private final long nanos;

    private InProcess(long records, int threads, long seconds) {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < KEYS; i++) {
            texts[i] = UserRecords.key(random.nextLong(records));
            keys[i] = texts[i].getBytes(StandardCharsets.US_ASCII);
        }
        this.threads = threads;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** What a value is read into. */
    public record User(String v) {}

    /** One of the ways to look up a key by its index; how many bytes its value has. */
    @FunctionalInterface
    private interface Lookup {
        int at(int index) throws Exception;
    }

    /** Measures. */
    public static void main(String[] args) throws Exception {
        NodeSettings settings = NodeSettings.of(Path.of(args[1])).withBlockCacheBytes(BLOCK_CACHE_BYTES);
        InProcess keys = new InProcess(Long.parseLong(args[2]), Integer.parseInt(args[3]), Long.parseLong(args[5]));
        ExecutorService pool = Executors.newFixedThreadPool(keys.threads);
        try (SlipwayReader reader = SlipwayReader.open(Path.of(args[0]), settings)) {
            DatasetReader users = reader.awaitReady(Duration.ofMinutes(5)).dataset("users");
            try (BareRocks bare = new BareRocks(Path.of(args[1]), BLOCK_CACHE_BYTES)) {
                keys.check(users, bare);
                List<Lookup> ways = List.of(
                        i -> users.get(keys.texts[i]).orElseThrow().length,
                        i -> bare.get(keys.keys[i]).length,
                        i -> users.get(keys.texts[i], User.class)
                                .orElseThrow()
                                .v()
                                .length());
                for (int round = 1 - WARM_UP_ROUNDS; round <= Integer.parseInt(args[4]); round++) {
                    StringBuilder line = new StringBuilder();
                    for (Lookup way : ways) {
                        line.append(String.format(Locale.ROOT, "%.0f ", keys.perSecond(pool, way)));
                    }
                    if (round > 0) {
                        System.out.println(line.toString().strip());
                    }
                }
            }
        }
        pool.shutdown();
    }

    private void check(DatasetReader users, BareRocks bare) throws Exception {
        for (int i = 0; i < KEYS; i++) {
            byte[] value = users.get(texts[i]).orElseThrow();
            String text = users.get(texts[i], User.class).orElseThrow().v();
            if (!Arrays.equals(value, bare.get(keys[i]))
                    || !new String(value, StandardCharsets.US_ASCII).endsWith(text)
                    || !text.startsWith(texts[i])) {
                throw new IllegalStateException("The values of " + texts[i] + " differ");
            }
        }
    }

    private double perSecond(ExecutorService pool, Lookup lookup) throws Exception {
        long end = System.nanoTime() + nanos;
        List<Callable<Double>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int from = thread * (KEYS / threads);
            tasks.add(() -> perSecond(lookup, from, end));
        }
        double sum = 0;
        for (Future<Double> task : pool.invokeAll(tasks)) {
            sum += task.get();
        }
        return sum;
    }

    private static double perSecond(Lookup lookup, int from, long end) throws Exception {
        long start = System.nanoTime();
        long now = start;
        long bytes = 0;
        int index = from;
        while (now < end) {
            for (int i = 0; i < KEYS_PER_LOOK_AT_THE_CLOCK; i++) {
                bytes += lookup.at(index++ & (KEYS - 1));
            }
            now = System.nanoTime();
        }
        if (bytes == 0) {
            throw new IllegalStateException("All values are empty");
        }
        return (index - from) * NANOS / (now - start);
    }
}
