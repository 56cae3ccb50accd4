package io.slipway.benchmarks;

import io.slipway.model.DatasetName;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Compression;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.ServingNode;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import io.slipway.sst.SstVersionPublisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What the compressions save and cost, on {@link ProductRecords}: RECORDS ROUNDS FOLDER. Prints a Markdown table. */
final class Compressions {

    private static final DatasetName DATASET = new DatasetName("products");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final long LARGE_CACHE_BYTES = 1L << 30;
    private static final long SMALL_CACHE_BYTES = 1 << 20;
    private static final long LOOKUP_SECONDS = 3;
    private static final int KEYS = 1 << 18;

    private final int records;
    private final Path folder;

    private Compressions(int records, Path folder) {
        this.records = records;
        this.folder = folder;
    }

    /** One round of one compression. */
    private record Measured(long bytes, double recordsWritten, double cachedLookups, double uncachedLookups) {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[1]);
        Compressions measure = new Compressions(Integer.parseInt(arguments[0]), Path.of(arguments[2]));
        Map<Compression, List<Measured>> found = new EnumMap<>(Compression.class);
        measure.measure(Compression.LZ4); // Warms the JVM up.
        for (int round = 0; round < rounds; round++) {
            for (Compression compression : Compression.values()) {
                found.computeIfAbsent(compression, none -> new ArrayList<>()).add(measure.measure(compression));
            }
        }
        System.out.println("| compression | size of the files | written, records/s | lookups/s, block cached |"
                + " lookups/s, block not cached |");
        System.out.println("|---|---|---|---|---|");
        long plain = found.get(Compression.NONE).get(0).bytes();
        found.forEach((compression, all) -> System.out.printf(
                "| `%s` | %,.0f MB (%.2f) | %,.0f | %,.0f | %,.0f |%n",
                compression.label(),
                all.get(0).bytes() / 1e6,
                (double) all.get(0).bytes() / plain,
                median(all.stream().mapToDouble(Measured::recordsWritten).toArray()),
                median(all.stream().mapToDouble(Measured::cachedLookups).toArray()),
                median(all.stream().mapToDouble(Measured::uncachedLookups).toArray())));
    }

    private Measured measure(Compression compression) throws IOException {
        Path repository = folder.resolve("repository");
        Path data = folder.resolve("data");
        try (LocalFolderStorage storage = new LocalFolderStorage(repository)) {
            CatalogStore catalogs = new CatalogStore(storage, CLOCK, Compressions::id);
            catalogs.update("benchmark", "set", "", catalog -> {
                DatasetEntry dataset = catalog.datasetOrEmpty(DATASET);
                return catalog.with(
                        dataset.with(dataset.settings().with(Setting.COMPRESSION.name(), compression.label())));
            });
            Repository versions = new Repository(storage, CLOCK, Compressions::id, "benchmark");
            List<byte[]> values = values();
            long start = System.nanoTime();
            CommittedVersion version = publish(new SstVersionPublisher(versions, catalogs, CLOCK, "benchmark"), values);
            double written = records / seconds(start);
            values.clear();
            swap(catalogs, version);
            double cached = lookups(storage, catalogs, data, LARGE_CACHE_BYTES);
            double uncached = lookups(storage, catalogs, data, SMALL_CACHE_BYTES);
            return new Measured(version.manifest().bytes(), written, cached, uncached);
        } finally {
            ProcessFolder.deleteTree(repository);
            ProcessFolder.deleteTree(data);
        }
    }

    private List<byte[]> values() {
        ProductRecords products = new ProductRecords(records);
        List<byte[]> values = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            values.add(products.nextValue());
        }
        return values;
    }

    private CommittedVersion publish(SstVersionPublisher publisher, List<byte[]> values) {
        Publication publication =
                Publication.of(DATASET).withPartitions(1).withSchemas(ProductRecords.KEY, ProductRecords.VALUE);
        try (PublishSession session = publisher.begin(publication);
                PartitionWriter writer = session.openPartition(0, 0)) {
            for (int i = 0; i < records; i++) {
                writer.put(ProductRecords.key(i), values.get(i));
            }
            return session.commit(List.of(writer.finish()));
        }
    }

    private static void swap(CatalogStore catalogs, CommittedVersion version) {
        catalogs.update("benchmark", "swap", "", catalog -> {
            VersionEntry entry = VersionEntry.committed(version.manifest(), version.manifestSha256(), CLOCK.instant());
            for (VersionState next : List.of(VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT)) {
                entry = entry.to(next, CLOCK.instant(), "");
            }
            return catalog.with(catalog.datasetOrEmpty(DATASET).with(entry));
        });
    }

    private double lookups(LocalFolderStorage storage, CatalogStore catalogs, Path data, long cacheBytes) {
        NodeSettings settings = NodeSettings.of(data).withBlockCacheBytes(cacheBytes);
        try (ServingNode node = ServingNode.open(settings, storage, catalogs, CLOCK, Compressions::id)) {
            node.start();
            try (Snapshot snapshot = served(node)) {
                OpenVersion version = snapshot.dataset(DATASET.value())
                        .flatMap(ServedDataset::current)
                        .orElseThrow();
                byte[][] keys = new Random(1)
                        .ints(KEYS, 0, records)
                        .mapToObj(ProductRecords::key)
                        .toArray(byte[][]::new);
                lookUp(version, keys);
                return lookUp(version, keys);
            }
        }
    }

    private static Snapshot served(ServingNode node) {
        while (true) {
            Snapshot snapshot = node.snapshots().pin();
            Optional<OpenVersion> current = snapshot.dataset(DATASET.value()).flatMap(ServedDataset::current);
            if (current.isPresent()) {
                return snapshot;
            }
            snapshot.close();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Lookups a second of random keys, one after the other. */
    private static double lookUp(OpenVersion version, byte[][] keys) {
        byte[] value = new byte[1 << 12];
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LOOKUP_SECONDS)) {
            byte[] key = keys[done % KEYS];
            if (version.get(key, 0, key.length, value) < 1) {
                throw new IllegalStateException("A record is not found");
            }
            done++;
        }
        return done / seconds(start);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
