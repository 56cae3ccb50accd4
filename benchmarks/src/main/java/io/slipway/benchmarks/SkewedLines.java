package io.slipway.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a side of a join: lines of 115 bytes, half of which have one key, and the others a key each. Every line has its
 * number after its key. Usage: {@code SkewedLines RECORDS FILE}.
 */
public final class SkewedLines {

    /** The key that every second line has. */
    static final String HEAVY_KEY = "half-of-a-side!";

    static final int NUMBER_DIGITS = 10;

    private SkewedLines() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[1]))) {
            for (long i = 0; i < count; i++) {
                MadeRecords.fill(i, line);
                String made = new String(line, StandardCharsets.US_ASCII);
                out.write(i % 2 == 1 ? HEAVY_KEY : made.substring(0, MadeRecords.KEY_BYTES));
                out.write(String.format("%0" + NUMBER_DIGITS + "d", i));
                out.write(made, MadeRecords.KEY_BYTES, MadeRecords.VALUE_BYTES - NUMBER_DIGITS);
                out.write('\n');
            }
        }
    }
}
