package io.slipway.batch.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.BadRecord;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.CorruptDataException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The dead letters of one task.
 *
 * @param file a scratch file with a JSON object a line
 * @param records how many there are
 * @param checksum the CRC-32C of the file
 */
record DeadLetterPart(Path file, long records, long checksum) {

    /** The file's content. */
    byte[] content(Scratch scratch) throws IOException {
        byte[] content;
        try (InputStream in = Channels.newInputStream(scratch.read(file))) {
            content = in.readAllBytes();
        }
        CRC32C crc = new CRC32C();
        crc.update(content);
        if (crc.getValue() != checksum) {
            throw new CorruptDataException(
                    file.toString(),
                    "whole file",
                    "checksum " + Long.toHexString(checksum),
                    Long.toHexString(crc.getValue()));
        }
        return content;
    }

    /** Writes a part. Used by one thread. */
    static final class Writer implements AutoCloseable {

        private final Scratch scratch;
        private final Path file;
        private final CRC32C crc = new CRC32C();
        private final OutputStream out;
        private long records;
        private boolean finished;

        Writer(Scratch scratch, Path file) throws IOException {
            this.scratch = scratch;
            this.file = file;
            this.out = new CheckedOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(scratch.write(file))), crc);
        }

        void add(BadRecord record) throws IOException {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("file", record.file());
            json.put("place", record.place());
            json.put("reason", record.reason());
            json.put("value", record.value());
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            records++;
        }

        long records() {
            return records;
        }

        DeadLetterPart finish() throws IOException {
            out.close();
            finished = true;
            return new DeadLetterPart(file, records, crc.getValue());
        }

        /** Without {@link #finish}, deletes the file. */
        @Override
        public void close() {
            if (finished) {
                return;
            }
            try {
                out.close();
            } catch (IOException e) {
                // It is deleted.
            }
            scratch.delete(file);
        }
    }
}
