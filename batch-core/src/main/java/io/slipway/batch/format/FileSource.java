package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A source of files. */
abstract class FileSource<T> implements Source<T> {

    /** What folders that are called {@code field=value} are. */
    enum Folders {
        COLUMNS,
        PLACES
    }

    private final List<Path> paths;
    private final Folders folders;

    FileSource(List<Path> paths, Folders folders) {
        this.paths = List.copyOf(paths);
        this.folders = folders;
    }

    @Override
    public final String label() {
        if (paths.isEmpty()) {
            return "no files";
        }
        String first = String.valueOf(paths.get(0).getFileName());
        return paths.size() == 1 ? first : first + " and " + (paths.size() - 1) + " more";
    }

    @Override
    public final List<Path> files() {
        List<Path> files = InputPaths.expand(paths);
        if (folders == Folders.COLUMNS) {
            FolderColumns.checkAlike(files);
        }
        return files;
    }

    @Override
    public final List<Split> splits(long targetBytes) throws IOException {
        List<Split> splits = new ArrayList<>();
        for (Path file : files()) {
            if (!Files.isReadable(file)) {
                throw new InvalidInputException("The input " + file + " cannot be read. Check its rights.");
            }
            long size = Files.size(file);
            boolean cut = size > targetBytes && !InputBytes.isCompressed(file);
            long start = 0;
            for (long end : cut ? cuts(file, size, Math.max(1, targetBytes)) : List.<Long>of()) {
                splits.add(new Split(file, start, end));
                start = end;
            }
            splits.add(new Split(file, start, size));
        }
        return splits;
    }

    /** Where to cut a plain file, in order. Unless a format needs to look for places, it is cut anywhere. */
    List<Long> cuts(Path file, long size, long step) throws IOException {
        List<Long> cuts = new ArrayList<>();
        for (long at = step; size - at >= step / 2 && at < size; at += step) {
            cuts.add(at);
        }
        return cuts;
    }
}
