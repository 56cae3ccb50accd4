package io.slipway.benchmarks;

import io.slipway.kafka.KafkaVersionPublisher;
import io.slipway.kafka.KafkaVersionTopics;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.topic.TopicClaim;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/**
 * Publishes sorted records that are in memory over Kafka, two partitions at a time as a job does, and takes the version over
 * into a repository as a controller does. Usage: {@code TopicWriter SERVERS RECORDS REPOSITORY}. Prints the version, its
 * topic, and the seconds from the opening of the first partition until the commit has returned.
 */
public final class TopicWriter {

    private static final int PARTITIONS = 8;
    private static final int THREADS = 2;
    private static final double NANOS = 1e9;
    private static final Schema KEY = Schema.create(Schema.Type.STRING);
    private static final Schema VALUE =
            SchemaBuilder.record("Made").fields().requiredString("v").endRecord();

    private TopicWriter() {}

    /** Publishes. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        List<List<byte[]>> lines = sortedLines(Integer.parseInt(args[1]));
        KafkaSettings settings = KafkaSettings.of(args[0]);
        InstantSource clock = InstantSource.system();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (KafkaVersionPublisher publisher =
                        KafkaVersionPublisher.connect(settings, clock, "benchmark", "benchmark");
                PublishSession session = publisher.begin(
                        Publication.of("made").withPartitions(PARTITIONS).withSchemas(KEY, VALUE))) {
            long start = System.nanoTime();
            List<Future<PartitionReceipt>> tasks = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                int partition = i;
                tasks.add(threads.submit(() -> write(session, partition, lines.get(partition))));
            }
            List<PartitionReceipt> receipts = new ArrayList<>();
            for (Future<PartitionReceipt> task : tasks) {
                receipts.add(task.get());
            }
            String topic =
                    session.commit(receipts).manifest().topic().orElseThrow().name();
            double seconds = (System.nanoTime() - start) / NANOS;
            adopt(settings, Path.of(args[2]), session);
            System.out.printf(Locale.ROOT, "%d %s %.2f%n", session.version().number(), topic, seconds);
        } finally {
            threads.shutdown();
        }
    }

    private static PartitionReceipt write(PublishSession session, int partition, List<byte[]> lines) {
        try (PartitionWriter writer = session.openPartition(partition, 0)) {
            for (byte[] line : lines) {
                writer.put(Arrays.copyOf(line, MadeRecords.KEY_BYTES), BareSst.value(line));
            }
            return writer.finish();
        }
    }

    private static void adopt(KafkaSettings settings, Path folder, PublishSession session) {
        try (KafkaVersionTopics topics = KafkaVersionTopics.connect(settings);
                LocalFolderStorage storage = new LocalFolderStorage(folder)) {
            Claim claim = topics.claims().stream()
                    .map(TopicClaim::claim)
                    .filter(found -> found.version().equals(session.version()))
                    .findFirst()
                    .orElseThrow();
            new Repository(
                            storage,
                            InstantSource.system(),
                            () -> UUID.randomUUID().toString(),
                            "benchmark")
                    .adopt(claim, topics.decision(session.version()));
        }
    }

    /** The records of each partition, by key. */
    private static List<List<byte[]>> sortedLines(int records) {
        Partitioner partitioner = new Partitioner(PARTITIONS, 0, KeyCodec.of(KEY));
        List<List<byte[]>> lines = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            lines.add(new ArrayList<>());
        }
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        for (long i = 0; i < records; i++) {
            MadeRecords.fill(i, line);
            lines.get(partitioner.partition(line, 0, MadeRecords.KEY_BYTES)).add(line.clone());
        }
        lines.forEach(partition -> partition.sort(Arrays::compareUnsigned));
        return lines;
    }
}
