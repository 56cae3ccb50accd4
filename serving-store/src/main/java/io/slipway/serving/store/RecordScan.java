package io.slipway.serving.store;

import io.slipway.model.CorruptDataException;
import io.slipway.model.key.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * The records of a range in the order of their keys: a merge of the partitions that may have some. Before the first {@link
 * #next} it is at none. To be closed, by a holder of the version, as soon as it is not needed. Not thread-safe.
 */
public final class RecordScan implements AutoCloseable {

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private final Function<RocksDBException, CorruptDataException> damage;
    private Optional<Head> at = Optional.empty();

    private RecordScan(Function<RocksDBException, CorruptDataException> damage) {
        this.damage = damage;
    }

    static RecordScan open(
            RocksDB database,
            List<ColumnFamilyHandle> partitions,
            KeyRange range,
            Function<RocksDBException, CorruptDataException> damage) {
        RecordScan scan = new RecordScan(damage);
        boolean isOpen = false;
        try {
            scan.start(database, partitions, range);
            isOpen = true;
            return scan;
        } finally {
            if (!isOpen) {
                scan.close();
            }
        }
    }

    private void start(RocksDB database, List<ColumnFamilyHandle> partitions, KeyRange range) {
        ReadOptions options = opened(new ReadOptions());
        range.to().ifPresent(end -> options.setIterateUpperBound(opened(new Slice(end))));
        byte[] from = range.from();
        for (ColumnFamilyHandle partition : partitions) {
            RocksIterator records = opened(database.newIterator(partition, options));
            records.seek(from);
            add(records);
        }
    }

    /**
     * Goes to the next record, if there is one.
     *
     * @throws CorruptDataException if the node's copy is damaged; it has been reported then
     */
    public boolean next() {
        at.ifPresent(head -> {
            head.records.next();
            add(head.records);
        });
        at = Optional.ofNullable(heads.poll());
        return at.isPresent();
    }

    /** The key of the record that it is at. */
    public byte[] key() {
        return at.orElseThrow().key;
    }

    /** The value of the record that it is at. */
    public byte[] value() {
        return at.orElseThrow().records.value();
    }

    @Override
    public void close() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        opened.clear();
    }

    private void add(RocksIterator records) {
        if (records.isValid()) {
            heads.add(new Head(records.key(), records));
            return;
        }
        try {
            records.status();
        } catch (RocksDBException e) {
            throw damage.apply(e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    private static final class Head implements Comparable<Head> {
        private final byte[] key;
        private final RocksIterator records;

        Head(byte[] key, RocksIterator records) {
            this.key = key;
            this.records = records;
        }

        @Override
        public int compareTo(Head other) {
            return Arrays.compareUnsigned(key, other.key);
        }
    }
}
