package io.slipway.serving.ingest;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.sst.FileShape;
import io.slipway.sst.SstOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes changes, in ascending order of their keys, into one SST file of records and one of deletes at a time. Used by one
 * thread; {@link #close} deletes what is not finished.
 */
final class SortedFiles implements AutoCloseable {

    private static final byte[] NO_VALUE = {};

    private final Function<Content, Path> names;
    private final FileShape shape;
    private final int partition;
    private Optional<SstOutput> records = Optional.empty();
    private Optional<SstOutput> deletes = Optional.empty();
    private long bytes;

    /**
     * No files yet.
     *
     * @param names gives a place for a new file
     */
    SortedFiles(Function<Content, Path> names, FileShape shape, int partition) {
        this.names = names;
        this.shape = shape;
        this.partition = partition;
    }

    void put(byte[] key, byte[] value) {
        if (records.isEmpty()) {
            records = Optional.of(new SstOutput(names.apply(Content.RECORDS), shape));
        }
        records.get().put(key, value);
        bytes += key.length + value.length;
    }

    void delete(byte[] key) {
        if (deletes.isEmpty()) {
            deletes = Optional.of(new SstOutput(names.apply(Content.DELETES), shape));
        }
        deletes.get().put(key, NO_VALUE);
        bytes += key.length;
    }

    /** Whether the files have the size at which others are to be begun. */
    boolean isFull() {
        return bytes >= shape.bytes();
    }

    /** Makes the files complete and durable, each read back; what comes next goes into others. */
    List<FileEntry> finish() {
        List<FileEntry> finished = new ArrayList<>();
        records.ifPresent(output -> finished.add(finish(output, Content.RECORDS)));
        deletes.ifPresent(output -> finished.add(finish(output, Content.DELETES)));
        begin();
        return finished;
    }

    @Override
    public void close() {
        records.ifPresent(SstOutput::close);
        deletes.ifPresent(SstOutput::close);
        begin();
    }

    private void begin() {
        records = Optional.empty();
        deletes = Optional.empty();
        bytes = 0;
    }

    private FileEntry finish(SstOutput output, Content content) {
        return output.finish(String.valueOf(output.file().getFileName()), content, partition);
    }
}
