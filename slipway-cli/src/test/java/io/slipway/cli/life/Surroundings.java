package io.slipway.cli.life;

import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What outlives a process: the disk with repository and data folder, the clock, and ids that never come twice. */
final class Surroundings {

    private final Path folder;
    private final Duration patience;
    private final FaultyDisk disk;
    private final AtomicLong ids = new AtomicLong();
    /** Begins with now, because a file system says when a file was written. */
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    Surroundings(Path folder) throws IOException {
        this(folder, Duration.ofSeconds(20));
    }

    /**
     * Surroundings in which a node has to get on.
     *
     * @param patience how long it may take over what it can do, after which it is stuck
     */
    Surroundings(Path folder, Duration patience) throws IOException {
        this.patience = patience;
        this.folder = folder;
        this.disk = new FaultyDisk(folder);
    }

    FaultyDisk disk() {
        return disk;
    }

    Duration patience() {
        return patience;
    }

    InstantSource clock() {
        return now::get;
    }

    void pass(Duration time) {
        now.accumulateAndGet(now.get().plus(time), (before, after) -> after.isAfter(before) ? after : before);
    }

    String newId() {
        return "id-" + ids.incrementAndGet();
    }

    /** The disk as a process with a fault sees it. */
    Path mount(Faults faults) {
        return disk.mount(faults);
    }

    Path repositoryFolder() {
        return repository(folder);
    }

    Path dataFolder() {
        return data(folder);
    }

    static Path repository(Path root) {
        return root.resolve("repository");
    }

    static Path data(Path root) {
        return root.resolve("node");
    }

    /** The repository as it is, whatever a process believes. */
    Repository repository() {
        return repository(new LocalFolderStorage(repositoryFolder()));
    }

    CatalogStore catalog() {
        return catalog(new LocalFolderStorage(repositoryFolder()));
    }

    Repository repository(RepositoryStorage storage) {
        return new Repository(storage, clock(), this::newId, "test");
    }

    CatalogStore catalog(RepositoryStorage storage) {
        return new CatalogStore(storage, clock(), this::newId);
    }
}
