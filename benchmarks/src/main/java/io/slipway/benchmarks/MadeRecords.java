package io.slipway.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * Records of a key of 15 bytes and a value of 100, the same in every run. The keys are hexadecimal digits, each once, in
 * no order; a value is 20 times five letters that follow each other in the alphabet, so it can be compressed a little.
 */
final class MadeRecords {

    static final int KEY_BYTES = 15;
    static final int VALUE_BYTES = 100;
    static final int LINE_BYTES = KEY_BYTES + VALUE_BYTES;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyzabcd".getBytes(StandardCharsets.US_ASCII);
    private static final int RUN_LETTERS = 5;
    private static final int RUN_STARTS = 26;
    private static final int KEY_BITS = 4 * KEY_BYTES;
    private static final long KEY_MASK = (1L << KEY_BITS) - 1;

    private MadeRecords() {}

    /** Fills an array of {@link #LINE_BYTES} with key and value of the record of a number. */
    static void fill(long number, byte[] line) {
        long key = mix(number);
        for (int i = KEY_BYTES - 1; i >= 0; i--) {
            line[i] = DIGITS[(int) key & 0xf];
            key >>>= 4;
        }
        for (int at = KEY_BYTES; at < LINE_BYTES; at += RUN_LETTERS) {
            int start = (int) (mix(number * LINE_BYTES + at) % RUN_STARTS);
            System.arraycopy(LETTERS, start, line, at, RUN_LETTERS);
        }
    }

    /** Another number of 60 bits for each number of 60 bits: each step can be undone (the finish of MurmurHash3). */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 31)) * 0xff51afd7ed558ccdL & KEY_MASK;
        mixed = (mixed ^ (mixed >>> 29)) * 0xc4ceb9fe1a85ec53L & KEY_MASK;
        return mixed ^ (mixed >>> 31);
    }
}
