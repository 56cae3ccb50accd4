package io.slipway.testkit.disk;

import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.RepositoryStorageContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A faulty disk without a fault is a disk: a storage on it does all that a storage has to. */
class FaultyDiskStorageTest extends RepositoryStorageContract {

    @TempDir
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

    @Override
    protected RepositoryStorage open() {
        return new LocalFolderStorage(disk.mount(Faults.none()).resolve("repository"));
    }
}
