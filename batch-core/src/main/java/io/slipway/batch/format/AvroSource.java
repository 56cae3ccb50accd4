package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Avro data files, read with one schema: a given one, or else that of the first file. */
final class AvroSource<T> extends FileSource<T> {

    private final Function<AvroRow, T> mapper;
    private final Function<Schema, Type<T>> type;
    private volatile Optional<Schema> schema;

    AvroSource(List<Path> paths, Optional<Schema> schema, Function<AvroRow, T> mapper, Function<Schema, Type<T>> type) {
        super(paths, Cutting.AT_MARKERS);
        this.schema = schema;
        this.mapper = mapper;
        this.type = type;
    }

    @Override
    public Type<T> type() {
        return type.apply(schema());
    }

    @Override
    public void read(Split split, SourceContext<T> context) throws IOException {
        try (AvroFile file = AvroFile.open(split.file(), Optional.of(schema()))) {
            file.read(split, context, row -> context.emit(mapper.apply(row)));
        }
    }

    private Schema schema() {
        if (schema.isEmpty()) {
            schema = Optional.of(AvroFile.schemaOf(files().get(0)));
        }
        return schema.get();
    }
}
