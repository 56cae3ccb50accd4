package io.slipway.testkit;

import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.PublishSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Changes in the order of their keys, as a model of what a delta should hold. Immutable.
 *
 * @param changes by encoded key, the encoded value that is put, or none for a delete
 */
public record SampleDelta(SortedMap<byte[], Optional<byte[]>> changes) {

    /** Takes a copy of the map. */
    public SampleDelta {
        SortedMap<byte[], Optional<byte[]>> copy = new TreeMap<>(Arrays::compareUnsigned);
        copy.putAll(changes);
        changes = Collections.unmodifiableSortedMap(copy);
    }

    /** No changes. */
    public static SampleDelta none() {
        return new SampleDelta(new TreeMap<>(Arrays::compareUnsigned));
    }

    /** Random changes: new records, other values, the same values again, deletes, and deletes of keys that are not there. */
    public static SampleDelta random(Random random, SampleRecords base, int count) {
        SampleDelta delta = none();
        SampleRecords fresh = SampleRecords.random(random, count);
        for (Map.Entry<byte[], byte[]> record : fresh.records().entrySet()) {
            delta = random.nextInt(4) == 0
                    ? delta.deleting(record.getKey())
                    : delta.putting(record.getKey(), record.getValue());
        }
        List<byte[]> values = new ArrayList<>(fresh.records().values());
        for (Map.Entry<byte[], byte[]> record : base.records().entrySet()) {
            delta = switch (random.nextInt(6)) {
                case 0 -> delta.deleting(record.getKey());
                case 1 -> delta.putting(record.getKey(), record.getValue());
                case 2 -> delta.putting(record.getKey(), values.get(random.nextInt(values.size())));
                default -> delta;
            };
        }
        return delta;
    }

    /** These changes with a put. */
    public SampleDelta putting(byte[] key, byte[] value) {
        return with(key, Optional.of(value));
    }

    /** These changes with a delete. */
    public SampleDelta deleting(byte[] key) {
        return with(key, Optional.empty());
    }

    /** What becomes of records by these changes. */
    public SampleRecords on(SampleRecords base) {
        SortedMap<byte[], byte[]> result = new TreeMap<>(Arrays::compareUnsigned);
        result.putAll(base.records());
        changes.forEach((key, value) -> value.ifPresentOrElse(put -> result.put(key, put), () -> result.remove(key)));
        return new SampleRecords(result);
    }

    /** What the changes sum up to. */
    public Digest digest() {
        DigestBuilder digest = new DigestBuilder();
        changes.forEach(
                (key, value) -> value.ifPresentOrElse(put -> digest.add(key, put), () -> digest.addDelete(key)));
        return digest.digest();
    }

    /** How many of them are deletes. */
    public long deletes() {
        return changes.values().stream().filter(Optional::isEmpty).count();
    }

    /** Writes all partitions of a session. */
    public List<PartitionReceipt> write(PublishSession session) {
        List<PartitionReceipt> receipts = new ArrayList<>();
        for (int partition = 0; partition < session.partitioner().partitions(); partition++) {
            try (PartitionWriter writer = session.openPartition(partition, 0)) {
                for (Map.Entry<byte[], Optional<byte[]>> change : changes.entrySet()) {
                    if (session.partitioner().partition(change.getKey()) == partition) {
                        write(writer, change.getKey(), change.getValue());
                    }
                }
                receipts.add(writer.finish());
            }
        }
        return receipts;
    }

    private static void write(PartitionWriter writer, byte[] key, Optional<byte[]> value) {
        value.ifPresentOrElse(put -> writer.put(key, put), () -> writer.delete(key));
    }

    private SampleDelta with(byte[] key, Optional<byte[]> value) {
        SortedMap<byte[], Optional<byte[]>> changed = new TreeMap<>(Arrays::compareUnsigned);
        changed.putAll(changes);
        changed.put(key, value);
        return new SampleDelta(changed);
    }
}
