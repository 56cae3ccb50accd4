package io.slipway.batch.table;

import io.slipway.batch.BadRecord;
import io.slipway.batch.EncodeFunction;
import io.slipway.batch.EncodedEmitter;
import io.slipway.batch.JobListener;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.format.JsonLines;
import io.slipway.model.DatasetName;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What tables encode, for tests. */
final class Encoded {

    static final DatasetName DATASET = new DatasetName("my-data");

    /** A key and a value, encoded. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Pair(byte[] key, byte[] value) {}

    private Encoded() {}

    static TableSchemas schemas(Table table) {
        return schemas(table, Optional.empty());
    }

    static TableSchemas schemas(Table table, Optional<TableSchemas> current) {
        return table.schemas(DATASET, current, 2, JobListener.NONE);
    }

    static List<Pair> csv(List<Path> files, TableSpec spec, TableSchemas schemas) {
        return encoded(spec.dialect().files(files).rows(), new CsvEncoder(schemas, spec.key(), spec.marker()));
    }

    static List<Pair> json(List<Path> files, TableSpec spec, TableSchemas schemas) {
        return encoded(
                JsonLines.files(files).rows(),
                new JsonEncoder(
                        schemas,
                        spec.key(),
                        spec.marker(),
                        spec.value().isEmpty() ? JsonSlots.Others.REFUSE : JsonSlots.Others.LEAVE_OUT));
    }

    /** Keys and values in words, {@code deleted} for a delete: {@code ORD -> {"name":"O'Hare"}}. */
    static List<String> described(List<Pair> pairs, TableSchemas schemas) {
        KeyCodec keys = KeyCodec.of(schemas.key());
        ValueJson values = ValueJson.of(schemas.value());
        return pairs.stream()
                .map(pair -> keys.describe(pair.key()) + " -> "
                        + (pair.value().length == 0
                                ? "deleted"
                                : new String(values.toJson(pair.value()), StandardCharsets.UTF_8)))
                .toList();
    }

    private static <R> List<Pair> encoded(Source<R> source, EncodeFunction<R> encoder) {
        Collector<R> collector = new Collector<>(encoder);
        try {
            for (Split split : source.splits(1 << 20)) {
                source.read(split, collector);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return collector.pairs;
    }

    private static final class Collector<R> implements SourceContext<R>, EncodedEmitter {

        private final EncodeFunction<R> encoder;
        private final List<Pair> pairs = new ArrayList<>();

        Collector(EncodeFunction<R> encoder) {
            this.encoder = encoder;
        }

        @Override
        public void emit(R row) {
            encoder.encode(row, this);
        }

        @Override
        public void emit(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength) {
            pairs.add(new Pair(
                    Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength),
                    Arrays.copyOfRange(value, valueOffset, valueOffset + valueLength)));
        }

        @Override
        public void emitDelete(byte[] key, int offset, int length) {
            emit(key, offset, length, new byte[0], 0, 0);
        }

        @Override
        public void bytesRead(long bytes) {}

        @Override
        public void badRecord(Supplier<BadRecord> record) {}

        @Override
        public void count(String counter, long delta) {}
    }
}
