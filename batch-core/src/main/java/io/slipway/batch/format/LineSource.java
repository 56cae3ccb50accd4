package io.slipway.batch.format;

import io.slipway.batch.BadRecord;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Files each of whose lines is a record. */
final class LineSource<T> extends FileSource<T> {

    private final BadRecords policy;
    private final Supplier<Type<T>> type;
    private final Function<Path, LineParser<T>> parsers;

    LineSource(
            List<Path> paths,
            Folders folders,
            BadRecords policy,
            Supplier<Type<T>> type,
            Function<Path, LineParser<T>> parsers) {
        super(paths, folders);
        this.policy = policy;
        this.type = type;
        this.parsers = parsers;
    }

    @Override
    public Type<T> type() {
        return type.get();
    }

    @Override
    public void read(Split split, SourceContext<T> context) throws IOException {
        LineParser<T> parser = parsers.apply(split.file());
        try (LineReader reader = new LineReader(split, context)) {
            while (reader.next()) {
                Optional<T> record;
                try {
                    record = parser.parse(reader);
                } catch (BadValueException e) {
                    long number = reader.count();
                    policy.handle(
                            context,
                            () -> new BadRecord(
                                    split.file().toString(),
                                    "line " + reader.lines().line(number),
                                    e.getMessage(),
                                    reader.rawText()),
                            "Correct the line, or skip bad records.");
                    continue;
                }
                if (record.isPresent()) {
                    context.emit(record.get());
                }
            }
        }
    }
}
