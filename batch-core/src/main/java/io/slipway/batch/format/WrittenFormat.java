package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.avro.Schema;

/** The formats that files are written in. */
enum WrittenFormat {
    CSV(".csv") {
        @Override
        void check(Type<?> type) {
            CsvRecordWriter.check(type);
        }

        @Override
        <T> RecordWriter<T> open(Type<T> type, OutputStream out) throws IOException {
            return new CsvRecordWriter<>((RecordType<T>) type, out);
        }
    },
    JSON_LINES(".jsonl") {
        @Override
        <T> RecordWriter<T> open(Type<T> type, OutputStream out) {
            return new JsonLinesWriter<>(type, out);
        }
    },
    TEXT_LINES(".txt") {
        @Override
        void check(Type<?> type) {
            // The compiler has seen to it that they are texts.
        }

        @Override
        <T> RecordWriter<T> open(Type<T> type, OutputStream out) {
            return new TextLinesWriter<>(out);
        }
    },
    AVRO(".avro") {
        @Override
        <T> RecordWriter<T> open(Type<T> type, OutputStream out) throws IOException {
            return new AvroRecordWriter<>(type, out);
        }

        @Override
        boolean compressesWithin() {
            return true;
        }
    },
    PARQUET(".parquet") {
        @Override
        <T> RecordWriter<T> open(Type<T> type, OutputStream out) throws IOException {
            return new ParquetRecordWriter<>(type, out);
        }

        @Override
        boolean compressesWithin() {
            return true;
        }
    };

    private final String suffix;

    WrittenFormat(String suffix) {
        this.suffix = suffix;
    }

    /** How the names of files end. */
    String suffix() {
        return suffix;
    }

    /** Whether the format has a compression of its own, so that files are not compressed as a whole. */
    boolean compressesWithin() {
        return false;
    }

    /** Refuses a type that is not of records. */
    void check(Type<?> type) {
        if (type.schema().getType() != Schema.Type.RECORD) {
            throw new InvalidInputException("Values of " + type + " have no fields, and files with the ending " + suffix
                    + " hold records. Map them to a record first.");
        }
    }

    /** Begins a file. */
    abstract <T> RecordWriter<T> open(Type<T> type, OutputStream out) throws IOException;
}
