package io.slipway.serving;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.json.Sha256;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.SstFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.rocksdb.EnvOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/** A repository in a folder, with bundles made by RocksDB's own writer, and a controller's part played by the test. */
public final class TestRepository {

    static {
        RocksDB.loadLibrary();
    }

    public static final Schema STRING = Schema.create(Schema.Type.STRING);

    private final Path folder;
    private final LocalFolderStorage storage;
    private final Repository repository;
    private final CatalogStore catalogs;
    private final InstantSource clock = InstantSource.system();

    public TestRepository(Path folder) {
        this.folder = folder;
        this.storage = new LocalFolderStorage(folder);
        this.repository = new Repository(storage, clock, () -> UUID.randomUUID().toString(), "test");
        this.catalogs = new CatalogStore(storage, clock, () -> UUID.randomUUID().toString());
    }

    public LocalFolderStorage storage() {
        return storage;
    }

    public Repository repository() {
        return repository;
    }

    public CatalogStore catalogs() {
        return catalogs;
    }

    public Path folder() {
        return folder;
    }

    public Path file(VersionId version, String name) {
        return folder.resolve(Layout.file(version, name));
    }

    /** The first file of a version. */
    public Path firstFile(VersionId version) {
        Manifest manifest = repository.committed(version).manifest();
        return file(version, manifest.files().get(0).name());
    }

    /** Commits a version with text keys and values. */
    public VersionId publish(String dataset, Map<String, String> records) {
        return publish(dataset, STRING, STRING, new TreeMap<>(records), 2, UnaryOperator.identity());
    }

    public VersionId publish(String dataset, Map<String, String> records, int partitions) {
        return publish(dataset, STRING, STRING, new TreeMap<>(records), partitions, UnaryOperator.identity());
    }

    /** Commits a version with text values whose keys are routed by their first fields. */
    public VersionId publishRouted(
            String dataset, Schema keySchema, Map<?, ?> records, int partitions, int routingFields) {
        return publish(dataset, keySchema, STRING, records, partitions, routingFields, UnaryOperator.identity());
    }

    /** Commits a version. Keys are as {@link KeyCodec#encode} takes them. */
    public VersionId publish(
            String dataset,
            Schema keySchema,
            Schema valueSchema,
            Map<?, ?> records,
            int partitions,
            UnaryOperator<Manifest> forge) {
        return publish(dataset, keySchema, valueSchema, records, partitions, 0, forge);
    }

    private VersionId publish(
            String dataset,
            Schema keySchema,
            Schema valueSchema,
            Map<?, ?> records,
            int partitions,
            int routingFields,
            UnaryOperator<Manifest> forge) {
        KeyCodec codec = KeyCodec.of(keySchema);
        Partitioner partitioner = new Partitioner(partitions, routingFields, codec);
        List<SortedMap<byte[], byte[]>> split = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            split.add(new TreeMap<>(Arrays::compareUnsigned));
        }
        records.forEach((key, value) -> {
            byte[] encoded = codec.encode(key);
            split.get(partitioner.partition(encoded)).put(encoded, encode(valueSchema, value));
        });
        Claim claim = repository.claim(new DatasetName(dataset), RunId.random(), partitions);
        List<FileEntry> files = new ArrayList<>();
        List<PartitionEntry> entries = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            DigestBuilder digest = new DigestBuilder();
            split.get(i).forEach(digest::add);
            entries.add(new PartitionEntry(i, digest.digest()));
            if (!split.get(i).isEmpty()) {
                files.add(write(claim.version(), i, split.get(i)));
            }
        }
        Manifest manifest = manifest(claim, keySchema, valueSchema, routingFields, files, entries);
        repository.commit(forge.apply(manifest));
        return claim.version();
    }

    private Manifest manifest(
            Claim claim,
            Schema keySchema,
            Schema valueSchema,
            int routingFields,
            List<FileEntry> files,
            List<PartitionEntry> entries) {
        Digest total = entries.stream().map(PartitionEntry::digest).reduce(Digest.EMPTY, Digest::plus);
        return new Manifest(
                claim.version(),
                Route.SST,
                claim.runId(),
                keySchema,
                valueSchema,
                Optional.empty(),
                Optional.empty(),
                routingFields,
                files,
                entries,
                total,
                files.stream().mapToLong(FileEntry::bytes).sum(),
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "lz4",
                new Provenance("", "", "test", "", List.of(), clock.instant(), clock.instant()));
    }

    private FileEntry write(VersionId version, int partition, SortedMap<byte[], byte[]> records) {
        Path temporary = storage.newTemporaryFile();
        try (LRUCache cache = new LRUCache(1 << 20);
                Options options = new Options().setTableFormatConfig(SstFormat.tableConfig(cache));
                EnvOptions environment = new EnvOptions();
                SstFileWriter writer = new SstFileWriter(environment, options)) {
            writer.open(temporary.toString());
            for (Map.Entry<byte[], byte[]> record : records.entrySet()) {
                writer.put(record.getKey(), record.getValue());
            }
            writer.finish();
            byte[] bytes = Files.readAllBytes(temporary);
            String name = Layout.partitionFile(partition, 1, 1);
            storage.createIfAbsent(Layout.file(version, name), temporary);
            return new FileEntry(
                    name,
                    partition,
                    bytes.length,
                    records.size(),
                    Sha256.hex(bytes),
                    HexFormat.of().formatHex(records.firstKey()),
                    HexFormat.of().formatHex(records.lastKey()));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(Schema schema, Object value) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<Object>(schema).write(value, encoder);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a version into the catalog as STAGING, with its manifest's hash as it is now. */
    public void stage(VersionId version) {
        stage(version, sha256(version));
    }

    public void stage(VersionId version, String sha256) {
        change(
                version.dataset(),
                dataset -> dataset.with(new VersionEntry(
                        version.number(),
                        VersionState.STAGING,
                        sha256,
                        clock.instant(),
                        Optional.empty(),
                        false,
                        "",
                        delta(version),
                        Review.NONE)));
    }

    private Optional<DeltaEntry> delta(VersionId version) {
        try {
            return repository.decision(version).orElse(null) instanceof Decision.Committed committed
                    ? committed.manifest().delta().map(delta -> DeltaEntry.on(delta.base()))
                    : Optional.empty();
        } catch (CorruptDataException e) {
            return Optional.empty();
        }
    }

    /** Notes what nodes are to find a delta and its base to sum up to. */
    public void note(VersionId version, Digest result) {
        change(
                version.dataset(),
                dataset -> dataset.with(
                        dataset.version(version.number()).orElseThrow().withResult(result)));
    }

    private String sha256(VersionId version) {
        return repository.decision(version).orElseThrow() instanceof Decision.Committed committed
                ? committed.sha256()
                : "";
    }

    /** Makes versions current in one catalog write, each in place of what was current of its dataset. */
    public void swap(VersionId... versions) {
        catalogs.update("test", "swap", "", catalog -> {
            var now = clock.instant();
            for (VersionId version : versions) {
                DatasetEntry dataset = catalog.datasetOrEmpty(version.dataset());
                Optional<VersionEntry> before = dataset.current();
                if (before.isPresent() && before.get().number() != version.number()) {
                    dataset = dataset.with(before.get().to(VersionState.RETAINED, now, ""));
                }
                VersionEntry entry = dataset.version(version.number())
                        .orElseGet(() -> VersionEntry.committed(
                                repository.committed(version).manifest(), sha256(version), now));
                for (VersionState next : List.of(VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT)) {
                    entry = entry.state().mayBecome(next) ? entry.to(next, now, "") : entry;
                }
                catalog = catalog.with(dataset.with(entry));
            }
            return catalog;
        });
    }

    /** Puts a version in a state, by whatever way. */
    public void force(VersionId version, VersionState state) {
        change(version.dataset(), dataset -> {
            VersionEntry entry = dataset.version(version.number()).orElseThrow();
            return dataset.with(new VersionEntry(
                    entry.number(),
                    state,
                    entry.manifestSha256(),
                    clock.instant(),
                    entry.lastCurrent(),
                    false,
                    "",
                    entry.delta(),
                    Review.NONE));
        });
    }

    public void set(String dataset, String setting, String value) {
        change(new DatasetName(dataset), entry -> entry.with(entry.settings().with(setting, value)));
    }

    private void change(DatasetName name, UnaryOperator<DatasetEntry> change) {
        catalogs.update("test", "change", "", catalog -> catalog.with(change.apply(catalog.datasetOrEmpty(name))));
    }
}
