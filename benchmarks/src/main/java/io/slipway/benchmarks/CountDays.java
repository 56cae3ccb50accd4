package io.slipway.benchmarks;

import java.io.IOException;

/**
 * Reads all keys and prints how many have the value of the first day and how many that of the day {@code other}. Usage:
 * {@code CountDays redis|slipway PORT RECORDS}.
 */
public final class CountDays {

    private static final int BATCH = 100;

    private CountDays() {}

    /** Counts. */
    public static void main(String[] args) throws IOException {
        long records = Long.parseLong(args[2]);
        long other = 0;
        try (KeyStore store = KeyStore.connect(args[0], Integer.parseInt(args[1]))) {
            for (long from = 0; from < records; from += BATCH) {
                for (byte first : store.firstBytes(from, (int) Math.min(BATCH, records - from))) {
                    other += first == 'X' ? 1 : 0;
                }
            }
        }
        System.out.println((records - other) + " " + other);
    }
}
