package io.slipway.sst;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.FileEntry;
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
import java.util.List;
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
        List<Row> rows = new ArrayList<>();
        for (FileEntry file : repository().committed(version).manifest().files()) {
            Path copy = storage.newTemporaryFile();
            try {
                Files.write(copy, storage.read(Layout.file(version, file.name())));
                SstCheck.check(copy, file);
                SstRecords.forEach(copy, (key, value) -> rows.add(Row.of(key, value)));
                Files.delete(copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rows;
    }

    @Override
    public void makeCurrent(CommittedVersion version) {
        VersionId id = version.manifest().version();
        catalog(storage).update("test", "swap", "", catalog -> {
            DatasetEntry dataset = catalog.datasetOrEmpty(id.dataset());
            VersionEntry entry = VersionEntry.committed(id.number(), version.manifestSha256(), Instant.EPOCH)
                    .to(VersionState.STAGING, Instant.EPOCH, "")
                    .to(VersionState.STAGED, Instant.EPOCH, "")
                    .to(VersionState.CURRENT, Instant.EPOCH, "");
            return catalog.with(dataset.with(entry));
        });
    }

    @Override
    public void close() {
        storage.close();
    }

    private static Repository repository(RepositoryStorage storage) {
        return new Repository(storage, CLOCK, SstRouteUnderTest::writeId, "test");
    }

    private static CatalogStore catalog(RepositoryStorage storage) {
        return new CatalogStore(storage, CLOCK, SstRouteUnderTest::writeId);
    }

    private static String writeId() {
        return UUID.randomUUID().toString();
    }
}
