package io.slipway.batch.engine;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What keys occurred more than once. Thread-safe. */
final class DuplicateReport {

    private static final int MOST_EXAMPLES = 5;

    private final KeyCodec codec;
    private final Map<Integer, Duplicates> partitions = new ConcurrentSkipListMap<>();

    DuplicateReport(Schema keySchema) {
        this.codec = KeyCodec.of(keySchema);
    }

    /** A report of an attempt at one partition. */
    OfPartition ofPartition() {
        return new OfPartition(codec);
    }

    /** Takes what one partition had. */
    void complete(int partition, Duplicates found) {
        partitions.put(partition, found);
    }

    /**
     * Refuses, if there are any.
     *
     * @throws InvalidInputException if there are any, naming some
     */
    void refuse(DatasetName dataset) {
        long keys = partitions.values().stream().mapToLong(Duplicates::keys).sum();
        if (keys == 0) {
            return;
        }
        long records =
                partitions.values().stream().mapToLong(Duplicates::records).sum();
        String examples = partitions.values().stream()
                .flatMap(found -> found.examples().stream())
                .limit(MOST_EXAMPLES)
                .map(example -> "'" + example.key() + "' " + example.count() + " times")
                .collect(Collectors.joining(", "));
        throw new InvalidInputException((keys == 1 ? "1 key occurs" : keys + " keys occur") + " more than once in "
                + dataset + " (" + records + " records): " + examples + (keys > MOST_EXAMPLES ? ", …" : "")
                + ". Choose a longer --key, or --duplicates first or last.");
    }

    /** What one attempt at a partition met. Used by one thread. */
    static final class OfPartition {

        private final KeyCodec codec;
        private final List<Duplicates.Example> examples = new ArrayList<>();
        private long keys;
        private long records;

        private OfPartition(KeyCodec codec) {
            this.codec = codec;
        }

        /** Notes a key that occurred so many times, which is at least twice. */
        void add(byte[] key, long count) {
            keys++;
            records += count;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(new Duplicates.Example(codec.describe(key), count));
            }
        }

        /** All that were met. */
        Duplicates found() {
            return new Duplicates(keys, records, examples);
        }
    }
}
