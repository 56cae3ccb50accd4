package io.slipway.sst;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.RouteUnderTest;
import io.slipway.testkit.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SST route on a storage. */
final class SstRouteUnderTest implements RouteUnderTest {

    private static final InstantSource CLOCK = InstantSource.system();

    private final RepositoryStorage storage;

    SstRouteUnderTest(RepositoryStorage storage) {
        this.storage = storage;
    }

    RepositoryStorage storage() {
        return storage;
    }

    Repository repository() {
        return repository(storage);
    }

    @Override
    public VersionPublisher publisher(Faults faults) {
        RepositoryStorage faulty = new FaultyStorage(storage, faults);
        return new SstVersionPublisher(repository(faulty), catalog(faulty), CLOCK, "test");
    }

    @Override
    public List<VersionId> complete(DatasetName dataset) {
        Repository repository = repository();
        return repository.versions(dataset).stream()
                .filter(version -> repository.decision(version).orElse(null) instanceof Decision.Committed)
                .toList();
    }

    @Override
    public List<Row> readAll(VersionId version) {
        Map<String, Row> rows = new HashMap<>();
        Repository repository = repository();
        List<Manifest> chain = new ArrayList<>(
                DeltaChain.of(repository, repository.committed(version).manifest())
                        .manifests());
        Collections.reverse(chain);
        chain.forEach(manifest -> manifest.files().forEach(file -> read(manifest.version(), file, rows)));
        return List.copyOf(rows.values());
    }

    private void read(VersionId version, FileEntry file, Map<String, Row> rows) {
        Path copy = storage.newTemporaryFile();
        try {
            Files.write(copy, storage.read(Layout.file(version, file.name())));
            SstCheck.check(copy, file);
            SstRecords.forEach(copy, (key, value) -> {
                Row row = Row.of(key, value);
                if (file.isDeletes()) {
                    rows.remove(row.key());
                } else {
                    rows.put(row.key(), row);
                }
            });
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void makeCurrent(CommittedVersion version) {
        VersionId id = version.manifest().version();
        catalog(storage).update("test", "swap", "", catalog -> {
            DatasetEntry dataset = catalog.datasetOrEmpty(id.dataset());
            VersionEntry entry = VersionEntry.committed(version.manifest(), version.manifestSha256(), Instant.EPOCH)
                    .to(VersionState.STAGING, Instant.EPOCH, "")
                    .to(VersionState.STAGED, Instant.EPOCH, "")
                    .to(VersionState.CURRENT, Instant.EPOCH, "");
            DatasetEntry without = dataset.current()
                    .map(before -> dataset.with(before.to(VersionState.RETAINED, Instant.EPOCH, "")))
                    .orElse(dataset);
            return catalog.with(without.with(entry).withHighestCurrent(id.number()));
        });
    }

    /** Sets a dataset's setting. */
    void set(DatasetName name, String setting, String value) {
        catalog(storage).update("test", "set", "", catalog -> {
            DatasetEntry dataset = catalog.datasetOrEmpty(name);
            return catalog.with(dataset.with(dataset.settings().with(setting, value)));
        });
    }

    /** Puts a version in a state, by whatever way. */
    void force(VersionId version, VersionState state) {
        catalog(storage).update("test", "force", "", catalog -> {
            DatasetEntry dataset = catalog.datasetOrEmpty(version.dataset());
            VersionEntry entry = dataset.version(version.number()).orElseThrow();
            return catalog.with(dataset.with(new VersionEntry(
                    entry.number(),
                    state,
                    entry.manifestSha256(),
                    entry.since(),
                    entry.lastCurrent(),
                    false,
                    "",
                    entry.delta(),
                    Review.NONE)));
        });
    }

    /** Notes what nodes found a delta and its base to sum up to. */
    void note(VersionId version, Digest result) {
        catalog(storage).update("test", "note", "", catalog -> {
            DatasetEntry dataset = catalog.datasetOrEmpty(version.dataset());
            VersionEntry entry = dataset.version(version.number()).orElseThrow();
            return catalog.with(dataset.with(entry.withResult(result)));
        });
    }

    @Override
    public void close() {
        storage.close();
    }

    static Repository repository(RepositoryStorage storage) {
        return new Repository(storage, CLOCK, SstRouteUnderTest::writeId, "test");
    }

    static CatalogStore catalog(RepositoryStorage storage) {
        return new CatalogStore(storage, CLOCK, SstRouteUnderTest::writeId);
    }

    private static String writeId() {
        return UUID.randomUUID().toString();
    }
}
