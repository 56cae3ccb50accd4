package io.slipway.serving.reader;

import java.util.List;
import java.util.Optional;

/** A way of reading, as the contract sees it. */
interface ReadClient extends AutoCloseable {

    /** The current version, where a version is asked for. */
    long CURRENT = 0;

    /** The bytes of a value, as they were published. */
    Optional<byte[]> get(String dataset, long version, Object key);

    /** The JSON form of a value. */
    Optional<String> json(String dataset, long version, Object key);

    /** Several values. */
    Batch batchGet(String dataset, long version, List<?> keys);

    /** The keys and values of a range, in JSON. */
    List<Pair> scan(String dataset, long version, Range range);

    /** The version that is current. */
    long version(String dataset);

    /** Waits until a version is current. */
    void awaitVersion(String dataset, long version);

    @Override
    void close();

    /** A range; bounds are the first fields of keys, or empty. */
    record Range(List<?> prefix, List<?> from, List<?> to) {}

    /** A key and a value, in JSON. */
    record Pair(String key, String value) {}

    /** What a batch get gives: key and value in JSON, and the keys that are missing. */
    record Batch(long version, List<Pair> found, List<String> missing) {}

    /** How a read failed. */
    enum Failure {
        NO_SUCH_DATASET,
        NO_CURRENT_VERSION,
        VERSION_GONE,
        BAD_KEY
    }

    /** A read that failed. */
    final class FailedRead extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Failure failure;

        FailedRead(Failure failure, String message) {
            super(message);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}
