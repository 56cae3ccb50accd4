package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.rocksdb.RocksDBException;

/**
 * Reads the topic of a version of 8 partitions, two at a time, with bare consumers of Slipway's settings, and puts the records
 * into bare, synced SST files: the least that staging over Kafka does. Usage: {@code BareIngest SERVERS TOPIC FOLDER}. Prints
 * the seconds and the number of records.
 */
public final class BareIngest {

    private static final int PARTITIONS = 8;
    private static final int THREADS = 2;
    private static final double NANOS = 1e9;
    private static final Duration POLL = Duration.ofMillis(100);

    private BareIngest() {}

    /** Ingests. */
    public static void main(String[] args) throws InterruptedException, ExecutionException, IOException {
        Path folder = Files.createDirectories(Path.of(args[2]));
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                TopicPartition partition = new TopicPartition(args[1], i);
                Path file = folder.resolve(i + ".sst");
                partitions.add(threads.submit(() -> ingest(args[0], partition, file)));
            }
            long records = 0;
            for (Future<Long> partition : partitions) {
                records += partition.get();
            }
            System.out.printf(Locale.ROOT, "%.2f %d%n", (System.nanoTime() - start) / NANOS, records);
        } finally {
            threads.shutdown();
        }
    }

    private static long ingest(String servers, TopicPartition partition, Path file)
            throws RocksDBException, IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", servers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "fetch.max.wait.ms", "100",
                "max.partition.fetch.bytes", String.valueOf(4 << 20),
                "max.poll.records", "1000");
        long records = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                BareSst sst = new BareSst(file)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.key() != null) {
                        sst.put(record.key(), record.value());
                        records++;
                    }
                }
            }
            sst.finish();
        }
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        return records;
    }
}
