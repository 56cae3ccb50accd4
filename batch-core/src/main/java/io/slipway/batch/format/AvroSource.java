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
    private final Function<Schema, Function<AvroRow, T>> mappers;
    private final Function<Schema, Type<T>> type;
    private volatile Optional<Schema> schema;

    AvroSource(
            List<Path> paths,
            Optional<Schema> schema,
            RowFormat format,
            Function<Schema, Function<AvroRow, T>> mappers,
            Function<Schema, Type<T>> type) {
        super(paths, Folders.PLACES);
        this.schema = schema;
        this.format = format;
        this.mappers = mappers;
        this.type = type;
    }

    @Override
    public Type<T> type() {
        return type.apply(schema());
    }

    @Override
    public void read(Split split, SourceContext<T> context) throws IOException {
        Function<AvroRow, T> mapper = mappers.apply(schema());
        format.read(split, schema(), context, row -> context.emit(mapper.apply(row)));
    }

    private Schema schema() {
        if (schema.isEmpty()) {
            schema = Optional.of(format.schemaOf(files().get(0)));
        }
        return schema.get();
    }
}
