package io.slipway.benchmarks;

import io.slipway.model.digest.DigestBuilder;
import java.util.Arrays;

/**
 * Prints what {@link SstDigest} has to find where {@link MadeRecords} were written. Usage: {@code MadeDigest RECORDS
 * [DAY]}, where {@code DAY} is one of {@link MadeDay#later}.
 */
public final class MadeDigest {

    private MadeDigest() {}

    /** Computes the digest. */
    public static void main(String[] args) {
        long count = Long.parseLong(args[0]);
        MadeDay day = args.length == 1 ? MadeDay.first(count) : MadeDay.later(args[1], count);
        DigestBuilder digest = new DigestBuilder();
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        for (long i = 0; i < count; i++) {
            day.fill(day.isGone(i) ? day.replacement(i) : i, line);
            digest.add(Arrays.copyOf(line, MadeRecords.KEY_BYTES), BareSst.value(line));
        }
        System.out.println(digest.digest().records() + " " + digest.digest().hex());
    }
}
