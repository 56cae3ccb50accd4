package io.slipway.model.catalog;

import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.CatalogContract;
import io.slipway.testkit.MemoryFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LocalCatalogTest extends CatalogContract {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private final List<RepositoryStorage> opened = new ArrayList<>();

    @Override
    protected RepositoryStorage open() {
        RepositoryStorage storage = new LocalFolderStorage(folder);
        opened.add(storage);
        return storage;
    }

    @AfterEach
    void close() {
        opened.forEach(RepositoryStorage::close);
    }
}
