package io.slipway.model.manifest;

/**
 * One file of a version; on the Kafka route, where there are no files, what one attempt put (or deleted) in its partition
 * of the version topic.
 *
 * @param name its name within the version's folder; on the Kafka route it names partition, session and attempt alike
 * @param content what its entries are
 * @param partition the partition that it belongs to
 * @param bytes its size; on the Kafka route that of the keys and values
 * @param records how many entries it holds, at least one
 * @param sha256 its hash, 64 hex digits; empty on the Kafka route, where the partition's digest binds the records
 * @param leastKey its least encoded key, in hex
 * @param greatestKey its greatest encoded key, in hex
 */
public record FileEntry(
        String name,
        Content content,
        int partition,
        long bytes,
        long records,
        String sha256,
        String leastKey,
        String greatestKey) {

    /** What the entries of a file are. */
    public enum Content {
        /** Records: keys with their values. */
        RECORDS,
        /** Keys that a delta deletes; their values are empty. */
        DELETES
    }

    /** A file of records. */
    public FileEntry(
            String name, int partition, long bytes, long records, String sha256, String leastKey, String greatestKey) {
        this(name, Content.RECORDS, partition, bytes, records, sha256, leastKey, greatestKey);
    }

    /** Whether its entries are deletes of a delta. */
    public boolean isDeletes() {
        return content == Content.DELETES;
    }
}
