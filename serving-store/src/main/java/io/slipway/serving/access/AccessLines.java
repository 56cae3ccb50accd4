package io.slipway.serving.access;

import io.slipway.model.value.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** Makes lines of entries. Used by one thread. */
final class AccessLines {

    private static final String RECORDS = "/records";
    private static final byte[] LINE_END = "\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NANOS_PER_MICRO = 1000;

    private final AccessLogSettings.Paths paths;
    private final JsonBytes out = new JsonBytes();

    AccessLines(AccessLogSettings.Paths paths) {
        this.paths = paths;
    }

    /** Adds a line. */
    void add(AccessEntry entry) {
        boolean isHead = "HEAD".equals(entry.sent().method());
        out.raw("{\"time\":\"")
                .raw(entry.time().truncatedTo(ChronoUnit.MILLIS).toString())
                .raw("\",\"client\":")
                .string(entry.sent().clientText())
                .raw(",\"method\":")
                .string(String.valueOf(entry.sent().method()))
                .raw(",\"path\":")
                .string(path(entry));
        if (!entry.dataset().isEmpty()) {
            out.raw(",\"dataset\":").string(entry.dataset());
        }
        out.raw(",\"kind\":\"")
                .raw(entry.kind().label())
                .raw("\",\"status\":")
                .number(entry.status())
                .raw(",\"bytes\":")
                .number(isHead ? 0L : entry.bytes())
                .raw(",\"micros\":")
                .number(entry.nanos() / NANOS_PER_MICRO);
        if (entry.version() > 0) {
            out.raw(",\"version\":").number(entry.version());
        }
        out.raw(",\"catalog\":").number(entry.catalog()).raw('}').raw(LINE_END);
    }

    /** All lines that were added since this was called before. */
    byte[] take() {
        byte[] lines = out.toByteArray();
        out.reset();
        return lines;
    }

    /** An address that is not of a served dataset may have a key anywhere, so it is not shown without being asked for. */
    private String path(AccessEntry entry) {
        if (paths == AccessLogSettings.Paths.WITH_KEYS) {
            return String.valueOf(entry.sent().address().getPathQuery());
        }
        String path = entry.sent().address().getPath();
        if (path == null || entry.dataset().isEmpty()) {
            return "";
        }
        int records = path.indexOf(RECORDS + '/');
        return records < 0 ? path : path.substring(0, records + RECORDS.length());
    }
}
