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

/** Files that have schemas, read with one schema: a given one, or else that of the first file. */
final class AvroSource<T> extends FileSource<T> {

    private final RowFormat format;
    private final Function<AvroRow, T> mapper;
    private final Function<Schema, Type<T>> type;
    private volatile Optional<Schema> schema;

    AvroSource(
            List<Path> paths,
            Optional<Schema> schema,
            RowFormat format,
            Function<AvroRow, T> mapper,
            Function<Schema, Type<T>> type) {
        super(paths, Cutting.AT_MARKERS);
        this.schema = schema;
        this.format = format;
        this.mapper = mapper;
        this.type = type;
    }

    @Override
    public Type<T> type() {
        return type.apply(schema());
    }

    @Override
    public void read(Split split, SourceContext<T> context) throws IOException {
        format.read(split, schema(), context, row -> context.emit(mapper.apply(row)));
    }

    private Schema schema() {
        if (schema.isEmpty()) {
            schema = Optional.of(format.schemaOf(files().get(0)));
        }
        return schema.get();
    }
}
