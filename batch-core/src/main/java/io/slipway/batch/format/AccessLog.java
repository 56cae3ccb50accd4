package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Access logs of web servers (plain or compressed, see {@link Compression}): Apache's common and combined formats, and the default of nginx. */
public final class AccessLog implements Source<LogLine> {

    private final List<Path> paths;
    private final Source<LogLine> source;

    private AccessLog(List<Path> paths, BadRecords policy) {
        this.paths = List.copyOf(paths);
        this.source = new LineSource<>(
                paths, FileSource.Folders.PLACES, policy, () -> Type.of(LogLine.class), file -> parser());
    }

    private static LineParser<LogLine> parser() {
        LogLineParser parser = new LogLineParser();
        return line -> Optional.of(line.logLine(parser));
    }

    /** Files, folders (all visible files in them, sorted) or globs. A malformed line fails the job. */
    public static AccessLog files(List<Path> paths) {
        return new AccessLog(paths, BadRecords.FAIL);
    }

    /** With another way to handle malformed lines. */
    public AccessLog onBadRecord(BadRecords policy) {
        return new AccessLog(paths, policy);
    }

    @Override
    public String label() {
        return source.label();
    }

    @Override
    public Type<LogLine> type() {
        return source.type();
    }

    @Override
    public List<Path> files() {
        return source.files();
    }

    @Override
    public List<Split> splits(long targetBytes) throws IOException {
        return source.splits(targetBytes);
    }

    @Override
    public void read(Split split, SourceContext<LogLine> context) throws IOException {
        source.read(split, context);
    }
}
