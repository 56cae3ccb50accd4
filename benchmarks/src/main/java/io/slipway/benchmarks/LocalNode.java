package io.slipway.benchmarks;

import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.serving.ingest.NoCluster;
import io.slipway.serving.ingest.TopicFetcher;
import io.slipway.serving.staging.BundleFetcher;
import io.slipway.serving.staging.Stager;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.serving.staging.VersionSource;
import io.slipway.serving.staging.Wanted;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StoreEngine;
import io.slipway.sst.FileShape;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** What a node stages with, in a data folder and on a repository in a folder, with the node's own number of threads. */
final class LocalNode implements AutoCloseable {

    static final int FETCHERS = 2;
    private static final long BLOCK_CACHE_BYTES = 256L << 20;

    private final LocalFolderStorage storage;
    private final Repository repository;
    private final DataFolder data;
    private final StoreEngine engine = new StoreEngine(BLOCK_CACHE_BYTES);
    private final ExecutorService fetchers = Executors.newFixedThreadPool(FETCHERS);
    private final Optional<TopicFetcher> topics;
    private final Stager stager;

    LocalNode(Path repositoryFolder, Path dataFolder) {
        this(repositoryFolder, dataFolder, Optional.empty());
    }

    /** A node that has a cluster as well. */
    LocalNode(Path repositoryFolder, Path dataFolder, Optional<KafkaSettings> kafka) {
        InstantSource clock = InstantSource.system();
        storage = new LocalFolderStorage(repositoryFolder);
        repository = new Repository(storage, clock, () -> UUID.randomUUID().toString(), "benchmark");
        data = DataFolder.open(dataFolder, storage.location());
        Throttle none = new Throttle(0, System::nanoTime, nanos -> {});
        topics = kafka.map(settings -> new TopicFetcher(new KafkaCluster(settings), fetchers, none));
        stager = new Stager(
                storage,
                data,
                engine,
                new BundleFetcher(storage, fetchers, none),
                topics.<VersionSource>map(Function.identity()).orElseGet(NoCluster::new),
                Runnable::run,
                clock,
                0);
    }

    /** The manifest of a committed version. */
    Manifest manifest(VersionId id) {
        return repository.committed(id).manifest();
    }

    /** Stages a version, a delta on its base. */
    OpenVersion stage(VersionId id, Optional<OpenVersion> base, StagingProgress progress) {
        Decision.Committed committed = repository.committed(id);
        Optional<DeltaEntry> delta = committed.manifest().delta().map(found -> DeltaEntry.on(found.base()));
        return stager.stage(
                id, new Wanted(committed.sha256(), Verification.FILES, FileShape.DEFAULT, delta), base, progress);
    }

    @Override
    public void close() {
        fetchers.shutdown();
        topics.ifPresent(TopicFetcher::close);
        data.close();
        engine.close();
        storage.close();
    }
}
