package io.slipway.benchmarks;

import java.nio.charset.StandardCharsets;

/** Prints the key of one of {@link MadeRecords}. Usage: {@code MadeKey NUMBER}. */
public final class MadeKey {

    private MadeKey() {}

    /** Prints it. */
    public static void main(String[] args) {
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        MadeRecords.fill(Long.parseLong(args[0]), line);
        System.out.println(new String(line, 0, MadeRecords.KEY_BYTES, StandardCharsets.US_ASCII));
    }
}
