package io.slipway.sst;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.storage.RepositoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The SST files of one attempt at one partition, of one content, in temporary places: one is begun when there is an entry
 * for it, and another when it has reached its size. Used by one thread.
 */
final class SstFiles implements AutoCloseable {

    private final RepositoryStorage storage;
    private final FileShape shape;
    private final Content content;
    private final int partition;
    private final IntFunction<String> names;
    private final List<SstOutput> outputs = new ArrayList<>();
    private final List<Finished> finished = new ArrayList<>();
    private Optional<SstOutput> current = Optional.empty();

    /**
     * No files yet.
     *
     * @param names gives the name of each in the repository, by its place from 0
     */
    SstFiles(RepositoryStorage storage, FileShape shape, Content content, int partition, IntFunction<String> names) {
        this.storage = storage;
        this.shape = shape;
        this.content = content;
        this.partition = partition;
        this.names = names;
    }

    /**
     * A complete file.
     *
     * @param entry what the manifest is to say of it
     * @param file where it is
     */
    record Finished(FileEntry entry, Path file) {}

    /**
     * Adds an entry whose key is above all before it.
     *
     * @param key is kept, so it must not change
     * @throws io.slipway.model.UnavailableException if it cannot be written
     */
    void put(byte[] key, byte[] value) {
        if (current.isPresent() && current.get().isFull()) {
            finishCurrent();
        }
        if (current.isEmpty()) {
            SstOutput begun = new SstOutput(storage.newTemporaryFile(), shape);
            outputs.add(begun);
            current = Optional.of(begun);
        }
        current.get().put(key, value);
    }

    /** Makes the files complete, each read back and compared with what was put; none if nothing was. */
    List<Finished> finish() {
        finishCurrent();
        return finished;
    }

    /** Deletes what is still in its temporary place. */
    @Override
    public void close() {
        outputs.forEach(SstOutput::close);
    }

    private void finishCurrent() {
        if (current.isPresent()) {
            SstOutput output = current.get();
            FileEntry entry = output.finish(names.apply(finished.size()), content, partition);
            finished.add(new Finished(entry, output.file()));
            current = Optional.empty();
        }
    }
}
