package io.slipway.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Prints what {@code slipway diff --output} has to write of the first day and a later one, in no order. Usage: {@code
 * MadeChanges RECORDS DAY}, where {@code DAY} is one of {@link MadeDay#later}.
 */
public final class MadeChanges {

    private final MadeDay first;
    private final MadeDay later;
    private final Writer out;
    private final byte[] line = new byte[MadeRecords.LINE_BYTES];

    private MadeChanges(MadeDay first, MadeDay later, Writer out) {
        this.first = first;
        this.later = later;
        this.out = out;
    }

    /** Prints the changes. */
    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        MadeDay later = MadeDay.later(args[1], count);
        Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));
        MadeChanges changes = new MadeChanges(MadeDay.first(count), later, out);
        for (long i = 0; i < count; i++) {
            changes.print(i);
        }
        out.flush();
    }

    private void print(long number) throws IOException {
        if (later.isGone(number)) {
            print("removed", number, ",\"old\":" + value(first, number));
            long replacement = later.replacement(number);
            print("added", replacement, ",\"new\":" + value(later, replacement));
        } else if (later.isChanged(number)) {
            print("changed", number, ",\"old\":" + value(first, number) + ",\"new\":" + value(later, number));
        }
    }

    private void print(String change, long number, String values) throws IOException {
        MadeRecords.fill(number, line);
        out.write("{\"key\":\"" + text(0, MadeRecords.KEY_BYTES) + "\",\"change\":\"" + change + "\"" + values + "}\n");
    }

    private String value(MadeDay day, long number) {
        day.fill(number, line);
        return "{\"v\":\"" + text(MadeRecords.KEY_BYTES, MadeRecords.VALUE_BYTES) + "\"}";
    }

    private String text(int start, int length) {
        return new String(line, start, length, StandardCharsets.US_ASCII);
    }
}
