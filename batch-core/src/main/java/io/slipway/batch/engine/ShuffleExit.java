package io.slipway.batch.engine;

import io.slipway.batch.SerializableFunction;
import io.slipway.batch.SortOrder;
import io.slipway.batch.plan.Accumulation;
import io.slipway.batch.plan.EncodedOutput;
import io.slipway.batch.plan.Partition;
import io.slipway.batch.shuffle.ShuffleWriter;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Leads into a shuffle. */
final class ShuffleExit implements Exit {

    private final Edge edge;
    private final Function<Attempt, ShuffleWriter> opener;
    private final BiFunction<EdgeWriter, Attempt, RecordEncoder> encoder;

    private ShuffleExit(Edge edge, BiFunction<EdgeWriter, Attempt, RecordEncoder> encoder) {
        this(edge, attempt -> partitioned(edge, attempt), encoder);
    }

    private ShuffleExit(
            Edge edge,
            Function<Attempt, ShuffleWriter> opener,
            BiFunction<EdgeWriter, Attempt, RecordEncoder> encoder) {
        this.edge = edge;
        this.opener = opener;
        this.encoder = encoder;
    }

    /** Encodes keys and values by their types. */
    static Exit typed(Edge edge, Type<Object> keyType, Type<Object> valueType) {
        return new ShuffleExit(edge, (writer, attempt) -> new TypedEncoder(writer, keyType, valueType));
    }

    /** Encodes keys and values by their types; a function says where they belong. */
    static Exit partitioning(Edge edge, Partition to, SerializableFunction<Object, Integer> function) {
        return new ShuffleExit(
                edge, (writer, attempt) -> new PartitioningEncoder(writer, to.keyType(), to.valueType(), function));
    }

    /** Encodes keys and values by their types, and has the values of each key sorted. */
    static Exit sorting(Edge edge, Type<Object> keyType, Type<Object> valueType, SortOrder<Object> order) {
        return new ShuffleExit(edge, (writer, attempt) -> new SortingEncoder(writer, keyType, valueType, order));
    }

    /** Encodes records with their places in an order, for a total sort of which so many samples of a run are taken. */
    static Exit sliced(Edge edge, SortOrder<Object> order, Type<Object> type, int samples) {
        return new ShuffleExit(
                edge,
                attempt ->
                        ShuffleWriter.sliced(attempt.shuffle(), attempt.memory().exitBytes(), samples),
                (writer, attempt) -> new OrderEncoder(writer, order, type));
    }

    /** Adds up values of equal keys, and encodes the accumulators. */
    static Exit accumulating(Edge edge, Type<Object> keyType, Accumulation accumulation) {
        return new ShuffleExit(
                edge,
                (writer, attempt) -> new AccumulatingEncoder(
                        writer, keyType, accumulation, attempt.memory().exitBytes()));
    }

    /** Has a function encode. */
    static Exit encoded(Edge edge, EncodedOutput output) {
        return new ShuffleExit(edge, (writer, attempt) -> new FunctionEncoder(writer, output, attempt));
    }

    @Override
    public boolean sorts() {
        return true;
    }

    @Override
    public ExitAttempt open(Attempt attempt) {
        ShuffleWriter writer = opener.apply(attempt);
        RecordEncoder records = encoder.apply(new EdgeWriter(writer, edge.partitioning()), attempt);
        return new Open(writer, records, attempt);
    }

    private static ShuffleWriter partitioned(Edge edge, Attempt attempt) {
        return new ShuffleWriter(
                attempt.shuffle(),
                attempt.memory().exitBytes(),
                edge.partitioning().partitions(),
                edge.combiner());
    }

    /** Makes encoded records of what a stage emits. Used by one thread. */
    interface RecordEncoder {

        void receive(Object key, Object value) throws IOException;

        /** Writes what was held back. */
        void finish() throws IOException;
    }

    /** One attempt's use. */
    private final class Open implements ExitAttempt {

        private final ShuffleWriter writer;
        private final RecordEncoder records;
        private final Attempt attempt;

        Open(ShuffleWriter writer, RecordEncoder records, Attempt attempt) {
            this.writer = writer;
            this.records = records;
            this.attempt = attempt;
        }

        @Override
        public void receive(Object key, Object value) {
            try {
                records.receive(key, value);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void finish() throws IOException {
            records.finish();
            attempt.made(new Product.Shuffled(edge, writer.finish()));
        }

        @Override
        public void makeRoom() throws IOException {
            writer.makeRoom();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
