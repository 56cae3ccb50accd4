package io.slipway.examples;

import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.Type;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.SstRecords;
import io.slipway.sst.SstVersionPublisher;
import io.slipway.sst.SstVersionReader;
import io.slipway.sst.VersionFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs jobs on the embedded engine with a repository in a folder, and reads what they published from its files. */
public final class JobRunner implements AutoCloseable {

    private final LocalFolderStorage storage;
    private final Repository repository;
    private final CatalogStore catalog;
    private final EmbeddedEngine.Builder engine;

    /** A runner with a repository and scratch files in a folder. */
    public JobRunner(Path folder) {
        InstantSource clock = InstantSource.system();
        storage = new LocalFolderStorage(folder.resolve("repository"));
        repository = new Repository(storage, clock, () -> UUID.randomUUID().toString(), "test");
        catalog = new CatalogStore(storage, clock, () -> UUID.randomUUID().toString());
        engine = EmbeddedEngine.builder()
                .memoryBytes(16 << 20)
                .scratch(folder.resolve("scratch"))
                .publisher(new SstVersionPublisher(repository, catalog, clock, "test"))
                .versions(new SstVersionReader(VersionFiles.of(repository), catalog));
    }

    /** Runs a job. */
    public JobResult run(Job job) {
        return engine.build().run(job);
    }

    /** Runs a job with so many tasks at once, on buffers so small that it has to spill. */
    public JobResult runWithLittleMemory(Job job, int tasks) {
        return engine.memoryBytes(128 << 10).parallelism(tasks).build().run(job);
    }

    /** Makes a version current, with a manifest of this hash. */
    public void makeCurrent(VersionId version, String manifestSha256) {
        catalog.update(
                "test",
                "swap",
                "",
                all -> all.with(all.datasetOrEmpty(version.dataset())
                        .with(new VersionEntry(
                                version.number(),
                                VersionState.CURRENT,
                                manifestSha256,
                                Instant.EPOCH,
                                Optional.empty(),
                                false,
                                ""))));
    }

    /** All records of a version that a run has published, in no particular order. */
    public <K, V> Map<K, V> published(Manifest manifest, Class<K> keyType, Class<V> valueType) {
        Map<K, V> records = new LinkedHashMap<>();
        for (FileEntry file : manifest.files()) {
            Path path = repository
                    .storage()
                    .localFile(Layout.file(manifest.version(), file.name()))
                    .orElseThrow();
            SstRecords.forEach(
                    path,
                    (key, value) -> records.put(
                            Type.of(keyType).readKey(key),
                            Type.of(valueType).read(new BinaryIn().set(value, 0, value.length))));
        }
        return records;
    }

    @Override
    public void close() {
        storage.close();
    }
}
