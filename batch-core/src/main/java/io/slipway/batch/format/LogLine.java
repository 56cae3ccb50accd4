package io.slipway.batch.format;

import io.slipway.batch.type.WrittenAs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Arrays;

/**
 * One request in an access log. Texts are as they are in the log, escapes included; what the log has as {@code -} is
 * the empty text. Immutable; equal to another with the same fields.
 *
 * <p>A line of a log is checked when it is read, but a job rarely wants more than a field or two of it. So a log line
 * keeps the line's bytes and the places of its texts, and makes a text when it is asked for one.
 */
public final class LogLine implements WrittenAs<LogLine.Fields> {

    private final byte[] line;
    private final long host;
    private final long user;
    private final long epochSecond;
    private final int nano;
    private final long method;
    private final long path;
    private final long protocol;
    private final int status;
    private final long bytes;
    private final long referrer;
    private final long agent;

    /**
     * All fields at once; the form in which log lines are written.
     *
     * @param host who asked
     * @param user as whom
     * @param time when
     * @param method the request's method
     * @param path what was asked for: the request's target, with its query
     * @param protocol the request's protocol; empty for one of HTTP 0.9
     * @param status the reply's status
     * @param bytes the size of the reply; −1 if the log has none
     * @param referrer where from; empty in the common format
     * @param agent by what; empty in the common format
     */
    public record Fields(
            String host,
            String user,
            Instant time,
            String method,
            String path,
            String protocol,
            int status,
            long bytes,
            String referrer,
            String agent) {}

    /** The log line of its fields. */
    public LogLine(Fields fields) {
        TextPacker packer = new TextPacker();
        host = packer.add(fields.host());
        user = packer.add(fields.user());
        epochSecond = fields.time().getEpochSecond();
        nano = fields.time().get(ChronoField.NANO_OF_SECOND);
        method = packer.add(fields.method());
        path = packer.add(fields.path());
        protocol = packer.add(fields.protocol());
        status = fields.status();
        bytes = fields.bytes();
        referrer = packer.add(fields.referrer());
        agent = packer.add(fields.agent());
        line = packer.bytes();
    }

    /** What a parser has found in a line, whose bytes from {@code start} to {@code end} are copied. */
    LogLine(LogLineParser found, byte[] buffer, int start, int end) {
        line = Arrays.copyOfRange(buffer, start, end);
        host = found.host();
        user = found.user();
        epochSecond = found.epochSecond();
        nano = 0;
        method = found.method();
        path = found.path();
        protocol = found.protocol();
        status = found.status();
        bytes = found.bytes();
        referrer = found.referrer();
        agent = found.agent();
    }

    /** Who asked. */
    public String host() {
        return text(host);
    }

    /** As whom. */
    public String user() {
        return text(user);
    }

    /** When. */
    public Instant time() {
        return Instant.ofEpochSecond(epochSecond, nano);
    }

    /** The request's method. */
    public String method() {
        return text(method);
    }

    /** What was asked for: the request's target, with its query. */
    public String path() {
        return text(path);
    }

    /** The request's protocol; empty for one of HTTP 0.9. */
    public String protocol() {
        return text(protocol);
    }

    /** The reply's status. */
    public int status() {
        return status;
    }

    /** The size of the reply; −1 if the log has none. */
    public long bytes() {
        return bytes;
    }

    /** Where from; empty in the common format. */
    public String referrer() {
        return text(referrer);
    }

    /** By what; empty in the common format. */
    public String agent() {
        return text(agent);
    }

    @Override
    public Fields toRecord() {
        return new Fields(host(), user(), time(), method(), path(), protocol(), status(), bytes(), referrer(), agent());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogLine that && toRecord().equals(that.toRecord());
    }

    @Override
    public int hashCode() {
        return toRecord().hashCode();
    }

    @Override
    public String toString() {
        return toRecord().toString().replaceFirst("^Fields", "LogLine");
    }

    private String text(long range) {
        return Range.text(line, range);
    }

    /** A place in a line, as one number: where it starts, and how long it is. */
    static final class Range {

        private Range() {}

        static long of(int start, int end) {
            return (long) start << Integer.SIZE | (end - start);
        }

        static String text(byte[] line, long range) {
            return new String(line, (int) (range >>> Integer.SIZE), (int) range, StandardCharsets.UTF_8);
        }
    }

    /** Puts texts one behind the other. */
    private static final class TextPacker {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        long add(String text) {
            int start = out.size();
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return Range.of(start, out.size());
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
