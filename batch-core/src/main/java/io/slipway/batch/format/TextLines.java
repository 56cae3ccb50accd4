package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.type.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Text files (UTF-8, plain or compressed, see {@link Compression}) as lines, empty ones included. */
public final class TextLines {

    private TextLines() {}

    /** The lines of files, folders (all visible files in them, sorted) or globs. A line that is not UTF-8 fails. */
    public static Source<String> files(List<Path> paths) {
        return new LineSource<>(
                paths,
                FileSource.Folders.PLACES,
                BadRecords.FAIL,
                () -> Type.of(String.class),
                file -> line -> Optional.of(line.text()));
    }

    /** A folder of files with a text a line. A text that has a line end in it fails. */
    public static FileSink<String> to(Path folder) {
        return FileSink.of(folder, WrittenFormat.TEXT_LINES);
    }
}
