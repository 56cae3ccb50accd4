package io.slipway.serving.ingest;

import io.slipway.model.manifest.FileEntry;
import io.slipway.sst.RecordCursor;
import io.slipway.sst.SstRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Makes files whose keys ascend from one to the next of files of which each is a sorted run of its own. Used by one thread. */
final class RunMerge {

    private static final int ASK_EVERY = 0xffff;

    private final SortedFiles output;
    private final BooleanSupplier cancelled;
    private final KeyOrder order = new KeyOrder();
    private final List<FileEntry> merged = new ArrayList<>();
    private Optional<byte[]> twice = Optional.empty();
    private long seen;

    /**
     * A merge.
     *
     * @param output takes the changes in order
     * @param cancelled asked now and then whether to stop
     */
    RunMerge(SortedFiles output, BooleanSupplier cancelled) {
        this.output = output;
        this.cancelled = cancelled;
    }

    /**
     * Merges. Reads all runs at once, 64 KiB or more of each.
     *
     * @param folder the folder that they are in
     * @return the new files; not to be used if a key is there {@link #twice}
     * @throws io.slipway.model.CorruptDataException if a run is not what it was
     * @throws CancellationException if it was cancelled
     */
    List<FileEntry> merge(Path folder, List<FileEntry> runs) {
        try (RecordCursor puts = SstRecords.merged(folder, without(runs, FileEntry.Content.DELETES));
                RecordCursor deletes = SstRecords.merged(folder, without(runs, FileEntry.Content.RECORDS))) {
            boolean hasPut = puts.next();
            boolean hasDelete = deletes.next();
            while (twice.isEmpty() && (hasPut || hasDelete)) {
                if (hasPut && (!hasDelete || puts.compareKey(deletes) <= 0)) {
                    put(puts.copyKey(), puts.copyValue());
                    hasPut = puts.next();
                } else {
                    delete(deletes.copyKey());
                    hasDelete = deletes.next();
                }
            }
        }
        merged.addAll(output.finish());
        return merged;
    }

    /** A key that more than one change has, if there is one. */
    Optional<byte[]> twice() {
        return twice;
    }

    private void put(byte[] key, byte[] value) {
        if (isNew(key)) {
            output.put(key, value);
        }
    }

    private void delete(byte[] key) {
        if (isNew(key)) {
            output.delete(key);
        }
    }

    private boolean isNew(byte[] key) {
        if (output.isFull()) {
            merged.addAll(output.finish());
        }
        if ((++seen & ASK_EVERY) == 0 && cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        if (order.next(key) == 0) {
            twice = Optional.of(key);
        }
        return twice.isEmpty();
    }

    private static List<FileEntry> without(List<FileEntry> runs, FileEntry.Content content) {
        return runs.stream().filter(run -> run.content() != content).toList();
    }
}
