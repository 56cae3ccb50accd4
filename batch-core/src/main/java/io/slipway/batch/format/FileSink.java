package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.Sink;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * A folder of files of one format. Immutable; made by the formats: {@link Csv#to}, {@link JsonLines#to}, {@link
 * TextLines#to}, {@link Avro#to}, {@link Parquet#to}.
 *
 * @param <T> what records it takes
 */
public final class FileSink<T> implements Sink<T> {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final WrittenFormat format;
    private final Existing existing;
    private final Packing packing;

    /** Whether the files are compressed as a whole. */
    private enum Packing {
        NONE,
        GZIP
    }

    private FileSink(Path folder, WrittenFormat format, Existing existing, Packing packing) {
        this.folder = Objects.requireNonNull(folder);
        this.format = format;
        this.existing = existing;
        this.packing = packing;
    }

    static <T> FileSink<T> of(Path folder, WrittenFormat format) {
        return new FileSink<>(folder, format, Existing.REFUSE, Packing.NONE);
    }

    /**
     * With files that are compressed by gzip.
     *
     * @throws InvalidInputException if the format compresses within its files
     */
    public FileSink<T> gzip() {
        if (format.compressesWithin()) {
            throw new InvalidInputException(
                    "Files with the ending " + format.suffix() + " are compressed within. Leave out gzip.");
        }
        return new FileSink<>(folder, format, existing, Packing.GZIP);
    }

    /** In place of what the folder holds, which goes when the job is done, instead of refusing a folder that is there. */
    public FileSink<T> replacing() {
        return new FileSink<>(folder, format, Existing.REPLACE, packing);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Existing existing() {
        return existing;
    }

    @Override
    public String suffix() {
        return packing == Packing.GZIP ? format.suffix() + ".gz" : format.suffix();
    }

    @Override
    public void check(Type<? extends T> type) {
        format.check(type);
    }

    @Override
    public <R extends T> RecordWriter<R> open(Type<R> type, OutputStream out) throws IOException {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        return format.open(type, packing == Packing.GZIP ? new GZIPOutputStream(buffered, BUFFER_BYTES) : buffered);
    }
}
