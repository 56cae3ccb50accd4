package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.type.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Text files (UTF-8, plain or gzip) as lines, empty ones included. */
public final class TextLines {

    private TextLines() {}

    /** The lines of files, folders (all visible files in them, sorted) or globs. A line that is not UTF-8 fails. */
    public static Source<String> files(List<Path> paths) {
        return new LineSource<>(
                paths, BadRecords.FAIL, () -> Type.of(String.class), () -> line -> Optional.of(line.text()));
    }
}
