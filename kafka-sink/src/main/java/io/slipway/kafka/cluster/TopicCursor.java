package io.slipway.kafka.cluster;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads one partition in order, committed records only. Transaction markers and aborted records take offsets without
 * being shown, so that offsets have gaps: whoever wants all goes on until {@link #position} reaches an end. Used by one
 * thread at a time.
 */
public interface TopicCursor extends AutoCloseable {

    /** The first offset that is still there; 0 unless records were deleted. */
    long firstOffset();

    /** The end of all that was written so far, open transactions included. */
    long endOffset();

    /** The end of what is settled: nothing before it belongs to an open transaction. */
    long stableOffset();

    /** The offset of what comes next. */
    long position();

    /** Goes to an offset. */
    void seek(long offset);

    /**
     * The next records, none if none come within a time.
     *
     * @throws io.slipway.model.CorruptDataException if the position is before the first offset or beyond the end: records
     *     were deleted
     */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost);

    @Override
    void close();
}
