package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads random keys on one connection, a thousand a second, and prints how many replies came, and p50, p99 and the longest
 * latency in milliseconds. Usage: {@code PacedReader redis|slipway PORT RECORDS STOP}; ends when there is a file {@code
 * STOP}. A request that is late because the one before took long counts from when it was due.
 */
public final class PacedReader {

    private static final long PACE_NANOS = 1_000_000;
    private static final int WARM_UP_REQUESTS = 5_000;
    private static final int ASK_EVERY = 32;

    private final KeyStore store;
    private final long records;
    private final SplittableRandom random = new SplittableRandom(3);
    private final byte[] line = new byte[MadeRecords.LINE_BYTES];

    private PacedReader(KeyStore store, long records) {
        this.store = store;
        this.records = records;
    }

    /** Reads. */
    public static void main(String[] args) throws IOException {
        Path stop = Path.of(args[3]);
        try (KeyStore store = KeyStore.connect(args[0], Integer.parseInt(args[1]))) {
            PacedReader reader = new PacedReader(store, Long.parseLong(args[2]));
            for (int i = 0; i < WARM_UP_REQUESTS; i++) {
                reader.read();
            }
            Files.createFile(Path.of(args[3] + ".warm"));
            Latencies latencies = reader.readUntil(stop);
            System.out.println(latencies.count() + " " + latencies.millis(0.5) + " " + latencies.millis(0.99) + " "
                    + latencies.millis(1));
        }
    }

    private Latencies readUntil(Path stop) throws IOException {
        Latencies latencies = new Latencies();
        long due = System.nanoTime();
        for (int i = 0; i % ASK_EVERY != 0 || !Files.exists(stop); i++) {
            due += PACE_NANOS;
            boolean isEarly = System.nanoTime() < due;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long start = isEarly ? System.nanoTime() : due;
            read();
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    private void read() throws IOException {
        MadeRecords.fill(random.nextLong(records), line);
        store.firstByte(line);
    }
}
