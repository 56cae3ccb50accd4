package io.slipway.model.catalog;

import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.CatalogContract;
import io.slipway.testkit.InMemoryStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class InMemoryCatalogTest extends CatalogContract {

    @TempDir
    Path folder;

    private RepositoryStorage storage;

    @BeforeEach
    void create() {
        storage = new InMemoryStorage(InstantSource.system(), folder);
    }

    @Override
    protected RepositoryStorage open() {
        return storage;
    }
}
