package io.slipway.kafka.read;

import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A partition in memory, which is read in batches of a given size; after each record an offset is left out. */
final class ListCursor implements TopicCursor {

    private static final String TOPIC = "slipway.route-delays.v1";

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final int batch;
    private long position;

    ListCursor(int batch) {
        this.batch = batch;
    }

    /** The same records, to be read anew. */
    ListCursor copy() {
        ListCursor copy = new ListCursor(batch);
        copy.records.addAll(records);
        return copy;
    }

    ListCursor control(ControlRecord record) {
        ProducerRecord<byte[], byte[]> written = ControlCodec.write(TOPIC, 0, record);
        return add(null, written.value(), written.headers());
    }

    ListCursor data(byte[] key, byte[] value) {
        return add(key, value, new RecordHeaders());
    }

    private ListCursor add(byte[] key, byte[] value, Headers headers) {
        records.add(new ConsumerRecord<>(
                TOPIC, 0, endOffset(), 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty()));
        return this;
    }

    @Override
    public long firstOffset() {
        return 0;
    }

    @Override
    public long endOffset() {
        return records.size() * 2L;
    }

    @Override
    public long stableOffset() {
        return endOffset();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void seek(long offset) {
        position = offset;
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        List<ConsumerRecord<byte[], byte[]>> next = records.stream()
                .filter(record -> record.offset() >= position)
                .limit(batch)
                .toList();
        position = next.isEmpty() ? endOffset() : next.get(next.size() - 1).offset() + 2;
        return next;
    }

    @Override
    public void close() {}
}
