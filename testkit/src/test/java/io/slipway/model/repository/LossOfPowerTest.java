package io.slipway.model.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.ProcessDiedError;
import io.slipway.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process read and went by is still there after a loss of power, although whoever wrote it never came to make it
 * durable.
 */
class LossOfPowerTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final VersionId VERSION = new VersionId(DATASET, 1);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    private static final String DECISION = "disk: link r/datasets/route-delays/v1/manifest.json";
    private static final String CATALOG = "disk: link r/catalog/00000000000000000001.json";

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private FaultyDisk disk;

    @BeforeEach
    void create() throws IOException {
        disk = new FaultyDisk(folder);
    }

    @AfterEach
    void unmount() throws IOException {
        disk.unmount();
    }

    @Test
    void aDecisionThatWasReadStands() throws IOException {
        assertThatThrownBy(() -> repository(mount(DECISION)).abort(VERSION, "too late"))
                .isInstanceOf(CommitStateUnknownException.class);

        assertThat(repository(mount()).decision(VERSION)).isPresent();
        losePower();

        assertThat(repository(mount()).decision(VERSION)).isPresent();
    }

    @Test
    void aDecisionThatNobodyReadMayBeLost() throws IOException {
        assertThatThrownBy(() -> repository(mount(DECISION)).abort(VERSION, "too late"))
                .isInstanceOf(CommitStateUnknownException.class);
        losePower();

        assertThat(repository(mount()).decision(VERSION))
                .as("the model of the disk")
                .isEmpty();
    }

    @Test
    void aCatalogThatWasReadStands() throws IOException {
        assertThatThrownBy(() -> addDataset(mount(CATALOG))).isInstanceOf(CommitStateUnknownException.class);

        assertThat(catalog(mount()).latest().sequence()).isEqualTo(1);
        losePower();

        assertThat(catalog(mount()).latest().sequence()).isEqualTo(1);
    }

    @Test
    void aCatalogOfADeadWriterStandsOnceItWasRead() throws IOException {
        assertThatThrownBy(() -> addDataset(mount(Faults.at(Faults.Kind.CRASH_AFTER, CATALOG, 1))))
                .isInstanceOf(ProcessDiedError.class);

        assertThat(catalog(mount()).latest().sequence()).isEqualTo(1);
        losePower();

        assertThat(catalog(mount()).latest().sequence()).isEqualTo(1);
    }

    private static void addDataset(RepositoryStorage storage) {
        catalog(storage).update("test", "add", "", latest -> latest.with(DatasetEntry.empty(DATASET)));
    }

    private RepositoryStorage mount() {
        return mount(Faults.none());
    }

    /** A process whose call of that name takes place, and fails all the same. */
    private RepositoryStorage mount(String call) {
        return mount(Faults.at(Faults.Kind.LOST_ACKNOWLEDGEMENT, call, 1));
    }

    private RepositoryStorage mount(Faults faults) {
        return new LocalFolderStorage(disk.mount(faults).resolve("r"));
    }

    private void losePower() throws IOException {
        disk.unmount();
        disk.losePower();
    }

    private static Repository repository(RepositoryStorage storage) {
        return new Repository(storage, CLOCK, () -> UUID.randomUUID().toString(), "test");
    }

    private static CatalogStore catalog(RepositoryStorage storage) {
        return new CatalogStore(storage, CLOCK, () -> UUID.randomUUID().toString());
    }
}
