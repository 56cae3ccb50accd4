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

    /** Where a plain file may be cut. */
    enum Cutting {
        AT_LINES,
        AT_MARKERS,
        NOT
    }

    private final List<Path> paths;
    private final Cutting cutting;

    FileSource(List<Path> paths, Cutting cutting) {
        this.paths = List.copyOf(paths);
        this.cutting = cutting;
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
        return InputPaths.expand(paths);
    }

    @Override
    public final List<Split> splits(long targetBytes) throws IOException {
        List<Split> splits = new ArrayList<>();
        for (Path file : files()) {
            if (!Files.isReadable(file)) {
                throw new InvalidInputException("The input " + file + " cannot be read. Check its rights.");
            }
            long size = Files.size(file);
            long step = cutting == Cutting.NOT || size <= targetBytes || InputBytes.isCompressed(file)
                    ? Math.max(1, size)
                    : Math.max(1, targetBytes);
            long start = 0;
            do {
                long end = size - start < step + step / 2 ? size : start + step;
                splits.add(new Split(file, start, end));
                start = end;
            } while (start < size);
        }
        return splits;
    }
}
