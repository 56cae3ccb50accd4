package io.slipway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines whose columns line up, for people. Used by one thread. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();
    private final String alignment;

    /**
     * A table with its head.
     *
     * @param alignment a letter for each column: {@code l} for left, {@code r} for right
     */
    TextTable(String alignment, String... head) {
        this.alignment = alignment;
        rows.add(head);
    }

    void add(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
    }

    void print(PrintWriter out) {
        int[] widths = new int[alignment.length()];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row[i].length());
                line.append(alignment.charAt(i) == 'r' ? padding + row[i] : row[i] + padding)
                        .append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
