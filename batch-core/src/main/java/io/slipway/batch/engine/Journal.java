package io.slipway.batch.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.json.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file to which entries are appended, and never changed:
 *
 * <pre>
 *   entry:  CRC-32C of the JSON in hex (8) │ space │ a JSON object in one line, UTF-8 │ line feed
 * </pre>
 *
 * Reading ends before the first entry that is not whole, which is one whose writing was cut short; the next one is
 * written over it. An entry whose writing failed is written over likewise, so a failure never hides what comes after.
 *
 * <p>A process that is killed loses no entry that was appended, since the operating system has it. A power loss may
 * take the last ones, or leave entries whose files it has taken: who reads an entry must verify what it names.
 * Thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int CRC_DIGITS = 8;

    private final FileChannel channel;
    private final List<JsonFields> entries;
    private long end;

    private Journal(FileChannel channel, List<JsonFields> entries, long end) {
        this.channel = channel;
        this.entries = entries;
        this.end = end;
    }

    /** Opens a journal with the entries that are in it, having created it empty if it was not there. */
    static Journal open(Scratch scratch, Path file) throws IOException {
        FileChannel channel = scratch.update(file);
        try {
            byte[] bytes = readAll(channel);
            List<JsonFields> entries = new ArrayList<>();
            int end = 0;
            boolean whole = true;
            while (whole) {
                int lineEnd = lineEnd(bytes, end);
                Optional<JsonFields> entry = lineEnd < 0 ? Optional.empty() : entry(file, bytes, end, lineEnd);
                entry.ifPresent(entries::add);
                whole = entry.isPresent();
                end = whole ? lineEnd + 1 : end;
            }
            return new Journal(channel, List.copyOf(entries), end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The entries that were there when the journal was opened. */
    List<JsonFields> entries() {
        return entries;
    }

    /** Appends an entry. */
    synchronized void append(ObjectNode entry) throws IOException {
        byte[] json = MAPPER.writeValueAsBytes(entry);
        String start = crc(json, 0, json.length) + " ";
        ByteBuffer line = ByteBuffer.allocate(start.length() + json.length + 1);
        line.put(start.getBytes(StandardCharsets.US_ASCII))
                .put(json)
                .put((byte) '\n')
                .flip();
        long at = end;
        while (line.hasRemaining()) {
            at += channel.write(line, at);
        }
        end = at;
    }

    /** Forgets all entries. */
    synchronized void clear() throws IOException {
        channel.truncate(0);
        end = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static byte[] readAll(FileChannel channel) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        int read = 0;
        while (into.hasRemaining() && read >= 0) {
            read = channel.read(into, into.position());
        }
        return Arrays.copyOf(into.array(), into.position());
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at < bytes.length ? at : -1;
    }

    /** The entry in a line; empty if the line is not one. */
    private static Optional<JsonFields> entry(Path file, byte[] bytes, int from, int to) {
        int json = from + CRC_DIGITS + 1;
        if (json >= to
                || bytes[json - 1] != ' '
                || !crc(bytes, json, to - json)
                        .equals(new String(bytes, from, CRC_DIGITS, StandardCharsets.US_ASCII))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonFields(file.toString(), "", MAPPER.readTree(bytes, json, to - json)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return String.format("%08x", crc.getValue());
    }
}
