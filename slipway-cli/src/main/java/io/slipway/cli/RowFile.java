package io.slipway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.slipway.batch.format.CsvLine;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/** Writes rows, Avro binary of one schema, in a format that {@code slipway publish} reads. Used by one thread. */
interface RowFile extends Closeable {

    /** Writes a row. */
    void write(byte[] row) throws IOException;

    /** Completes what was written; the stream below stays open. */
    @Override
    void close() throws IOException;

    /** The formats. */
    enum Format {
        /** Names first, then a line for each row; an unquoted empty field is null, a quoted one the empty text. */
        CSV {
            @Override
            RowFile open(Schema schema, OutputStream out) throws IOException {
                return new OfCsv(schema, out);
            }
        },
        /** A JSON object a line. */
        JSONL {
            @Override
            RowFile open(Schema schema, OutputStream out) {
                return new OfJsonLines(schema, out);
            }
        },
        /** An Avro data file. */
        AVRO {
            @Override
            RowFile open(Schema schema, OutputStream out) throws IOException {
                return new OfAvro(schema, out);
            }
        };

        /**
         * Begins a file.
         *
         * @throws InvalidInputException if the format has no form for rows of the schema
         */
        abstract RowFile open(Schema schema, OutputStream out) throws IOException;
    }

    /** CSV, made of the JSON form. */
    final class OfCsv implements RowFile {

        private static final JsonFactory JSON = new JsonFactory();

        private final ValueJson json;
        private final OutputStream out;
        private final JsonBytes row = new JsonBytes();
        private final CsvLine line = new CsvLine();

        OfCsv(Schema schema, OutputStream out) throws IOException {
            schema.getFields().forEach(OfCsv::checkFlat);
            this.json = ValueJson.of(schema);
            this.out = out;
            schema.getFields().forEach(field -> line.add(field.name()));
            line.writeTo(out);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            row.reset();
            json.write(bytes, 0, bytes.length, row);
            try (JsonParser fields = JSON.createParser(row.array(), 0, row.length())) {
                for (JsonToken token = fields.nextToken(); token != null; token = fields.nextToken()) {
                    if (token == JsonToken.VALUE_NULL) {
                        line.addNull();
                    } else if (token.isScalarValue()) {
                        line.add(fields.getText());
                    }
                }
            }
            line.writeTo(out);
        }

        @Override
        public void close() {
            // Every line is written.
        }

        private static void checkFlat(Schema.Field field) {
            Schema schema = field.schema();
            boolean isOptional =
                    schema.isUnion() && schema.isNullable() && schema.getTypes().size() == 2;
            boolean isFlat = isOptional
                    ? schema.getTypes().stream().noneMatch(OfCsv::hasParts)
                    : !schema.isUnion() && !hasParts(schema);
            if (!isFlat) {
                throw new InvalidInputException("Field '" + field.name() + "' is of type " + schema
                        + ", which has no form in CSV. Use --format jsonl or avro.");
            }
        }

        private static boolean hasParts(Schema schema) {
            return switch (schema.getType()) {
                case RECORD, ARRAY, MAP -> true;
                default -> false;
            };
        }
    }

    /** JSON Lines, in the form that lookups answer with. */
    final class OfJsonLines implements RowFile {

        private final ValueJson json;
        private final OutputStream out;
        private final JsonBytes line = new JsonBytes();

        OfJsonLines(Schema schema, OutputStream out) {
            this.json = ValueJson.of(schema);
            this.out = out;
        }

        @Override
        public void write(byte[] row) throws IOException {
            line.reset();
            json.write(row, 0, row.length, line);
            line.raw('\n');
            out.write(line.array(), 0, line.length());
        }

        @Override
        public void close() {
            // Every line is written.
        }
    }

    /** An Avro data file. */
    final class OfAvro implements RowFile {

        private static final int ZSTANDARD_LEVEL = 3;

        private final DataFileWriter<Object> file;

        OfAvro(Schema schema, OutputStream out) throws IOException {
            this.file = new DataFileWriter<>(new GenericDatumWriter<>(schema))
                    .setCodec(CodecFactory.zstandardCodec(ZSTANDARD_LEVEL))
                    .create(schema, out);
        }

        @Override
        public void write(byte[] row) throws IOException {
            file.appendEncoded(ByteBuffer.wrap(row));
        }

        @Override
        public void close() throws IOException {
            file.flush();
        }
    }
}
