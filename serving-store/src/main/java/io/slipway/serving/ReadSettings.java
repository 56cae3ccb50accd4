package io.slipway.serving;

import io.slipway.model.InvalidInputException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What one request may take from a node, and all of them together. Immutable; each {@code with…} method returns a changed
 * copy. A request that exceeds a limit is refused with a problem document that names it.
 *
 * @param batchKeys the most keys of one batch get, over all its datasets. More saves round trips, and lets one request
 *     take longer. Default 1,000
 * @param scanRecords the most records of one page of a scan. More saves round trips, likewise. Default 1,000
 * @param keyBytes the most bytes of one encoded key. Default 64 KiB
 * @param bodyBytes the most bytes of a request's body. Bounds the memory that one request can take. Default 1 MiB
 * @param replyBytes about how many bytes the values of a batch get or of a page may have as JSON; a single value may
 *     always be sent. Bounds the memory of one reply. Default 16 MiB
 * @param compressBytes replies to batch gets and scans of so many bytes are compressed for those who accept gzip. Less
 *     saves network, and costs processor time. Default 16 KiB
 * @param concurrentRequests the most batch gets, scans, and lookups that wait for the disk, that are under way at a time,
 *     from their headers to the last byte of their reply. More are refused at once. Bounds the memory of all. Default 256
 * @param threads how many threads answer these; lookups that need no disk are answered by others. 0 for twice as many as
 *     there are processors. More help where the disk is slow. Default 0
 * @param time how long a request may take before it is given up. Default 10 s
 */
public record ReadSettings(
        int batchKeys,
        int scanRecords,
        int keyBytes,
        int bodyBytes,
        int replyBytes,
        int compressBytes,
        int concurrentRequests,
        int threads,
        Duration time) {

    /** The defaults. */
    public static final ReadSettings DEFAULTS = new Builder().build();

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a setting is out of its range, naming it
     */
    public ReadSettings {
        check(batchKeys > 0, "keys per batch", batchKeys);
        check(scanRecords > 0, "records per page", scanRecords);
        check(keyBytes > 0, "bytes of a key", keyBytes);
        check(bodyBytes > 0, "bytes of a body", bodyBytes);
        check(replyBytes > 0, "bytes of a reply", replyBytes);
        check(compressBytes > 0, "bytes of a reply that is compressed", compressBytes);
        check(concurrentRequests > 0, "concurrent requests", concurrentRequests);
        check(threads >= 0, "threads", threads);
        check(time.toMillis() > 0, "time of a request", time);
    }

    /** These settings with another most of keys of a batch get. */
    public ReadSettings withBatchKeys(int keys) {
        return with(changed -> changed.batchKeys = keys);
    }

    /** These settings with another most of records of a page. */
    public ReadSettings withScanRecords(int records) {
        return with(changed -> changed.scanRecords = records);
    }

    /** These settings with another size of a key. */
    public ReadSettings withKeyBytes(int bytes) {
        return with(changed -> changed.keyBytes = bytes);
    }

    /** These settings with another size of a body. */
    public ReadSettings withBodyBytes(int bytes) {
        return with(changed -> changed.bodyBytes = bytes);
    }

    /** These settings with another size of a reply. */
    public ReadSettings withReplyBytes(int bytes) {
        return with(changed -> changed.replyBytes = bytes);
    }

    /** These settings with another size from which on replies are compressed. */
    public ReadSettings withCompressBytes(int bytes) {
        return with(changed -> changed.compressBytes = bytes);
    }

    /** These settings with another most of requests at a time. */
    public ReadSettings withConcurrentRequests(int requests) {
        return with(changed -> changed.concurrentRequests = requests);
    }

    /** These settings with another number of threads. */
    public ReadSettings withThreads(int number) {
        return with(changed -> changed.threads = number);
    }

    /** These settings with another time of a request. */
    public ReadSettings withTime(Duration limit) {
        return with(changed -> changed.time = limit);
    }

    private ReadSettings with(Consumer<Builder> change) {
        Builder changed = new Builder();
        changed.batchKeys = batchKeys;
        changed.scanRecords = scanRecords;
        changed.keyBytes = keyBytes;
        changed.bodyBytes = bodyBytes;
        changed.replyBytes = replyBytes;
        changed.compressBytes = compressBytes;
        changed.concurrentRequests = concurrentRequests;
        changed.threads = threads;
        changed.time = time;
        change.accept(changed);
        return changed.build();
    }

    private static void check(boolean good, String setting, Object value) {
        if (!good) {
            throw new InvalidInputException(
                    "The setting '" + setting + "' of reads cannot be " + value + ". Use more.");
        }
    }

    /** Settings that are being put together, at first the defaults. */
    private static final class Builder {
        private int batchKeys = 1000;
        private int scanRecords = 1000;
        private int keyBytes = 64 << 10;
        private int bodyBytes = 1 << 20;
        private int replyBytes = 16 << 20;
        private int compressBytes = 16 << 10;
        private int concurrentRequests = 256;
        private int threads;
        private Duration time = Duration.ofSeconds(10);

        ReadSettings build() {
            return new ReadSettings(
                    batchKeys,
                    scanRecords,
                    keyBytes,
                    bodyBytes,
                    replyBytes,
                    compressBytes,
                    concurrentRequests,
                    threads,
                    time);
        }
    }
}
