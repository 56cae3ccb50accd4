package io.slipway.serving.store;

import io.slipway.model.manifest.FileEntry;
import java.nio.file.Path;
import java.util.List;

/**
 * SST files of a version on this machine. Immutable.
 *
 * @param folder the folder that they are in, by their names
 * @param entries what they are
 */
public record LocalFiles(Path folder, List<FileEntry> entries) {

    /** Takes a copy of the list. */
    public LocalFiles {
        entries = List.copyOf(entries);
    }

    /** Those of one partition, in their order. */
    public List<FileEntry> of(int partition) {
        return entries.stream().filter(file -> file.partition() == partition).toList();
    }

    /** Where one is. */
    public Path path(FileEntry file) {
        return folder.resolve(file.name());
    }
}
