package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** An open Avro data file. Used by one thread. */
final class AvroFile implements Closeable {

    private static final Set<String> CODECS = Set.of("null", "deflate", "bzip2", "snappy", "zstandard");

    private final Path path;
    private final DataFileReader<GenericRecord> reader;
    private long block = -1;
    private String blockName = "";
    private long number;

    private AvroFile(Path path, DataFileReader<GenericRecord> reader) {
        this.path = path;
        this.reader = reader;
    }

    /**
     * The schema of a file's records.
     *
     * @throws InvalidInputException if it is not an Avro data file of records
     * @throws UnavailableException if it cannot be read
     */
    static Schema schemaOf(Path path) {
        try (AvroFile file = open(path, Optional.empty())) {
            return file.reader.getSchema();
        } catch (IOException e) {
            throw new UnavailableException("The input " + path + " cannot be read (" + e + "). Check the file.", e);
        }
    }

    /**
     * Opens a file.
     *
     * @param readAs the schema that records are read with, if it is not the file's own
     * @throws InvalidInputException if it is not an Avro data file of records, is compressed in a way that is not read,
     *     or its records cannot be read with the schema
     */
    static AvroFile open(Path path, Optional<Schema> readAs) throws IOException {
        GenericDatumReader<GenericRecord> records = new GenericDatumReader<>(null, readAs.orElse(null), plainData());
        AvroFile file = new AvroFile(path, openReader(path, records));
        try {
            file.checkCodec();
            AvroSchemas.checkRecord(path, file.reader.getSchema());
            readAs.ifPresent(schema -> AvroSchemas.checkReadable(path, file.reader.getSchema(), schema));
            return file;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static DataFileReader<GenericRecord> openReader(Path path, GenericDatumReader<GenericRecord> records)
            throws IOException {
        checkMagic(path);
        try {
            return new DataFileReader<>(path.toFile(), records);
        } catch (IOException | RuntimeException e) {
            throw new InvalidInputException(
                    path + " is damaged: its Avro header cannot be read (" + e + "). Get it anew.", e);
        }
    }

    private static void checkMagic(Path path) throws IOException {
        byte[] magic = DataFileConstants.MAGIC;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] found = in.readNBytes(magic.length);
            if (!Arrays.equals(found, magic)) {
                throw new InvalidInputException(path
                        + (found.length == 0 ? " is empty, without even a header." : " is not an Avro data file.")
                        + " Get it anew, or say its --format.");
            }
        }
    }

    /** Hands over the records of the blocks whose markers begin in a part of the file. */
    void read(Split split, SourceContext<?> context, Consumer<AvroRow> out) {
        seek(split.start());
        long reported = split.start();
        while (hasNext(split.end())) {
            if (block > reported) {
                context.bytesRead(block - reported);
                reported = block;
            }
            GenericRecord record = next();
            out.accept(new AvroRow(path, blockName, number, record));
        }
        context.bytesRead(Math.max(0, split.end() - reported));
    }

    private void seek(long position) {
        try {
            reader.sync(position);
        } catch (IOException | RuntimeException e) {
            throw damaged("after byte " + position, e);
        }
    }

    /**
     * Whether there is a record in a block that begins before a position; it is then the current block. What only a new
     * block can change is looked at there: asking for the length of the file at each record took a seventh of the time.
     */
    private boolean hasNext(long end) {
        boolean hasNext;
        try {
            hasNext = reader.hasNext();
            if (!hasNext && reader.previousSync() < Files.size(path)) {
                throw new IOException("The block ends too early, or has no records");
            }
            if (reader.previousSync() == block) {
                return hasNext;
            }
            if (hasNext && reader.pastSync(end)) {
                return false;
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(block < 0 ? "in the block at byte " + reader.previousSync() : "in or after " + blockName, e);
        }
        block = reader.previousSync();
        blockName = "the block at byte " + block;
        number = 0;
        return hasNext;
    }

    private GenericRecord next() {
        number++;
        try {
            return reader.next();
        } catch (RuntimeException e) {
            throw damaged("in " + blockName, e);
        }
    }

    private void checkCodec() {
        String codec = reader.getMetaString(DataFileConstants.CODEC);
        if (codec != null && !CODECS.contains(codec)) {
            throw new InvalidInputException(path + " is compressed by " + codec
                    + ", which is not read. Write it with deflate, bzip2, snappy or zstandard.");
        }
    }

    private InvalidInputException damaged(String place, Exception e) {
        Throwable cause = e instanceof AvroRuntimeException && e.getCause() != null ? e.getCause() : e;
        return new InvalidInputException(
                path + " is damaged " + place + ", or does not fit its schema ("
                        + (cause.getMessage() == null ? cause : cause.getMessage()) + "). Get it anew.",
                e);
    }

    /** Data without conversions of logical types, whatever the process registers elsewhere. */
    private static GenericData plainData() {
        return new GenericData();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
