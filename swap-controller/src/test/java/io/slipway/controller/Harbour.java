package io.slipway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import io.slipway.testkit.InMemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A repository in memory with one dataset, a clock that a test moves, and what works on it. */
final class Harbour implements AutoCloseable {

    static final DatasetName ROUTES = new DatasetName("routes");

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final long BYTES_PER_RECORD = 10;

    final InMemoryStorage storage;
    final Repository repository;
    final CatalogStore catalog;
    final FakeNode node = new FakeNode();
    private final AtomicInteger ids = new AtomicInteger();
    private Instant now = Instant.parse("2026-01-31T03:00:00Z");

    Harbour(Path folder) {
        storage = new InMemoryStorage(clock(), folder);
        repository = repository(storage);
        catalog = catalog(storage);
    }

    InstantSource clock() {
        return () -> now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The repository as a process sees it through a storage of its own, which may have faults. */
    Repository repository(RepositoryStorage seen) {
        return new Repository(seen, clock(), () -> "id-" + ids.incrementAndGet(), "test");
    }

    CatalogStore catalog(RepositoryStorage seen) {
        return new CatalogStore(seen, clock(), () -> "id-" + ids.incrementAndGet());
    }

    Controller controller() {
        return controller(storage);
    }

    Controller controller(RepositoryStorage seen) {
        return new Controller(repository(seen), catalog(seen), List.of(node), clock(), "controller");
    }

    Approvals approvals() {
        return new Approvals(catalog, clock());
    }

    Removal removal() {
        return new Removal(catalog, clock());
    }

    Operations operations() {
        return new Operations(repository, catalog, clock());
    }

    /** Publishes a version of one file. */
    VersionId commit(String run, long records) {
        VersionId version = repository.claim(ROUTES, new RunId(run), 1).version();
        write(version, 1);
        assertThat(repository.commit(manifest(version, run, records))).isInstanceOf(Decision.Committed.class);
        return version;
    }

    /** Creates the file of one attempt. */
    void write(VersionId version, int attempt) {
        storage.createIfAbsent(Layout.file(version, Layout.partitionFile(0, 1, attempt)), new byte[1]);
    }

    /** A manifest that names the file of the first attempt. */
    Manifest manifest(VersionId version, String run, long records) {
        Digest digest = Digest.of("0000000000000000", records);
        long bytes = records * BYTES_PER_RECORD;
        FileEntry file = new FileEntry(Layout.partitionFile(0, 1, 1), 0, bytes, records, "00", "00", "ff");
        return new Manifest(
                version,
                Route.SST,
                new RunId(run),
                STRING,
                STRING,
                Optional.empty(),
                Optional.empty(),
                0,
                records == 0 ? List.of() : List.of(file),
                List.of(new PartitionEntry(0, digest)),
                digest,
                bytes,
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "lz4",
                new Provenance("test", "", "test", "", List.of(), now, now));
    }

    /** Publishes a version and has it swapped in. */
    VersionId swapIn(String run, long records) {
        VersionId version = commit(run, records);
        stage(version);
        assertThat(state(version)).isEqualTo(VersionState.CURRENT);
        return version;
    }

    /** Has the node get a version, and controllers do what follows. */
    void stage(VersionId version) {
        controller().cycle();
        node.put(version, Phase.STAGED);
        settle(controller());
    }

    /** Runs cycles until nothing changes any more. */
    static void settle(Controller controller) {
        for (int i = 0; i < 10 && controller.cycle(); i++) {
            assertThat(i).as("cycles that changed something").isLessThan(9);
        }
    }

    DatasetEntry dataset() {
        return catalog.latest().datasetOrEmpty(ROUTES);
    }

    VersionEntry entry(VersionId version) {
        return dataset().version(version.number()).orElseThrow();
    }

    VersionState state(VersionId version) {
        return entry(version).state();
    }

    List<String> files(VersionId version) {
        return repository.files(version).stream().map(StoredFile::name).toList();
    }

    @Override
    public void close() {
        storage.close();
    }
}
