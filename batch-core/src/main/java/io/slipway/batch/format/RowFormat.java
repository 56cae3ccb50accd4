package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** The formats whose files have a schema of their own. */
enum RowFormat {
    AVRO {
        @Override
        Schema schemaOf(Path file) {
            return AvroFile.schemaOf(file);
        }

        @Override
        void read(Split split, Schema schema, SourceContext<?> context, Consumer<AvroRow> out) throws IOException {
            try (AvroFile file = AvroFile.open(split.file(), Optional.of(schema))) {
                file.read(split, context, out);
            }
        }
    },
    PARQUET {
        @Override
        Schema schemaOf(Path file) {
            return ParquetFile.schemaOf(file);
        }

        @Override
        void read(Split split, Schema schema, SourceContext<?> context, Consumer<AvroRow> out) throws IOException {
            ParquetFile.read(split, schema, context, out);
        }
    };

    /** The schema of a file's records. */
    abstract Schema schemaOf(Path file);

    /** Hands over the records of a part of a file, as those of a schema. */
    abstract void read(Split split, Schema schema, SourceContext<?> context, Consumer<AvroRow> out) throws IOException;
}
