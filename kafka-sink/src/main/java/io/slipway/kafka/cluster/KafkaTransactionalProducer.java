package io.slipway.kafka.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Transactions by Kafka's own producer, which is set for bulk: large compressed batches, all replicas. */
final class KafkaTransactionalProducer implements TransactionalProducer {

    /** How much one producer may have on its way; more makes {@link #send} wait. Room for one record of the greatest size. */
    private static final int BUFFER_BYTES = TopicLimits.MOST_REQUEST_BYTES + (4 << 20);

    /** What the protocol rests on: no property that is passed through changes it. */
    static final Map<String, String> DURABLE = Map.of("acks", "all", "enable.idempotence", "true");

    /** Large compressed batches. Each initialisation waits for one retry, and the time doubles with every further one. */
    static final Map<String, String> BULK = Map.of(
            "compression.type",
            "lz4",
            "batch.size",
            String.valueOf(256 << 10),
            "linger.ms",
            "50",
            "retry.backoff.ms",
            "20",
            "max.request.size",
            String.valueOf(TopicLimits.MOST_REQUEST_BYTES),
            "buffer.memory",
            String.valueOf(BUFFER_BYTES));

    private final String id;
    private final Producer<byte[], byte[]> producer;
    private boolean isOpen;

    KafkaTransactionalProducer(KafkaSettings settings, String id, Duration timeout) {
        this.id = id;
        Map<String, Object> fixed = new HashMap<>(DURABLE);
        fixed.put("transactional.id", id);
        fixed.put("transaction.timeout.ms", (int) timeout.toMillis());
        try {
            producer = new KafkaProducer<>(
                    settings.client(BULK, fixed), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    @Override
    public void initialise() {
        run(producer::initTransactions);
    }

    @Override
    public void begin() {
        run(producer::beginTransaction);
        isOpen = true;
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
        run(() -> {
            // What becomes of it is said by the producer's next call.
            Future<RecordMetadata> unused = producer.send(record);
        });
    }

    @Override
    public void commit() {
        run(producer::commitTransaction);
        isOpen = false;
    }

    @Override
    public void abort() {
        if (isOpen) {
            isOpen = false;
            run(producer::abortTransaction);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void run(Runnable call) {
        try {
            call.run();
        } catch (KafkaException | IllegalStateException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(RuntimeException e) {
        return KafkaErrors.of("Nothing can be written as " + id, e);
    }
}
