package io.slipway.kafka;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import java.util.HexFormat;

/** Number, size, least and greatest key of records whose keys ascend. Used by one thread. */
final class KeyRange {

    private byte[] least = {};
    private byte[] greatest = {};
    private long count;
    private long bytes;

    /**
     * Adds the next record.
     *
     * @param key is kept, so it must not change
     */
    void add(byte[] key, int valueBytes) {
        if (count == 0) {
            least = key;
        }
        greatest = key;
        count++;
        bytes += key.length + valueBytes;
    }

    long count() {
        return count;
    }

    /** The size of keys and values. */
    long bytes() {
        return bytes;
    }

    FileEntry entry(String name, Content content, int partition) {
        HexFormat hex = HexFormat.of();
        return new FileEntry(name, content, partition, bytes, count, "", hex.formatHex(least), hex.formatHex(greatest));
    }
}
