package io.slipway.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.SstVersionPublisher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.rocksdb.RocksDBException;

/**
 * Writes sorted records that are in memory as one partition of a version, and by {@link BareSst}, alternating in one JVM
 * and by one thread. Usage: {@code SortedWriter RECORDS ROUNDS FOLDER}. Prints a line for each round after the first
 * three: the seconds that ours took, those of the processor in all threads meanwhile, and the same of the bare writer.
 * The files of the last round stay, in {@code bare} and below {@code repository}. Fails if a receipt does not have the
 * digest of the records.
 */
public final class SortedWriter {

    private static final int WARM_UP_ROUNDS = 3;
    private static final int PARTITIONS = 8;
    private static final double NANOS = 1e9;
    private static final Schema KEY = Schema.create(Schema.Type.STRING);
    private static final Schema VALUE =
            SchemaBuilder.record("Made").fields().requiredString("v").endRecord();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final byte[][] keys;
    private final byte[][] values;
    private final Digest digest;

    private SortedWriter(int records) {
        keys = new byte[records][];
        values = new byte[records][];
        byte[][] lines = sortedLines(records);
        DigestBuilder builder = new DigestBuilder();
        for (int i = 0; i < records; i++) {
            keys[i] = Arrays.copyOf(lines[i], MadeRecords.KEY_BYTES);
            values[i] = BareSst.value(lines[i]);
            builder.add(keys[i], values[i]);
        }
        digest = builder.digest();
    }

    /** Measures. */
    public static void main(String[] args) throws IOException, RocksDBException {
        SortedWriter writer = new SortedWriter(Integer.parseInt(args[0]));
        int rounds = Integer.parseInt(args[1]);
        Path folder = Path.of(args[2]);
        Path bare = Files.createDirectory(folder.resolve("bare")).resolve("all.sst");
        try (LocalFolderStorage storage = new LocalFolderStorage(folder.resolve("repository"));
                PublishSession session = publisher(storage)
                        .begin(Publication.of("made").withPartitions(PARTITIONS).withSchemas(KEY, VALUE))) {
            for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
                int attempt = round + WARM_UP_ROUNDS;
                String ours = timed(() -> writer.write(session, attempt));
                String peers = timed(() -> writer.writeBare(bare));
                if (round > 0) {
                    System.out.println(ours + " " + peers);
                }
                if (round < rounds) {
                    Files.delete(bare);
                    storage.delete(Layout.file(session.version(), Layout.partitionFile(0, 1, attempt)));
                }
            }
        }
    }

    private void write(PublishSession session, int attempt) {
        try (PartitionWriter writer = session.openPartition(0, attempt)) {
            for (int i = 0; i < keys.length; i++) {
                writer.put(keys[i], values[i]);
            }
            PartitionReceipt receipt = writer.finish();
            if (!receipt.digest().equals(digest)) {
                throw new IllegalStateException(receipt.digest() + " instead of " + digest);
            }
        }
    }

    private void writeBare(Path file) throws RocksDBException {
        try (BareSst sst = new BareSst(file)) {
            for (int i = 0; i < keys.length; i++) {
                sst.put(keys[i], values[i]);
            }
            sst.finish();
        }
    }

    /** Runs it and tells the seconds, and those of the processor. */
    private static String timed(Step step) throws RocksDBException {
        System.gc();
        long processor = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        step.run();
        double seconds = (System.nanoTime() - start) / NANOS;
        double busy = (SYSTEM.getProcessCpuTime() - processor) / NANOS;
        return String.format(Locale.ROOT, "%.2f %.2f", seconds, busy);
    }

    /** Records of the first partition, by key. */
    private static byte[][] sortedLines(int records) {
        Partitioner partitioner = new Partitioner(PARTITIONS, 0, KeyCodec.of(KEY));
        byte[][] lines = new byte[records][];
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        int found = 0;
        for (long i = 0; found < records; i++) {
            MadeRecords.fill(i, line);
            if (partitioner.partition(line, 0, MadeRecords.KEY_BYTES) == 0) {
                lines[found++] = line.clone();
            }
        }
        Arrays.sort(lines, Arrays::compareUnsigned);
        return lines;
    }

    private static SstVersionPublisher publisher(LocalFolderStorage storage) {
        InstantSource clock = InstantSource.system();
        return new SstVersionPublisher(
                new Repository(storage, clock, () -> UUID.randomUUID().toString(), "benchmark"),
                new CatalogStore(storage, clock, () -> UUID.randomUUID().toString()),
                clock,
                "benchmark");
    }

    @FunctionalInterface
    private interface Step {
        void run() throws RocksDBException;
    }
}
