package io.slipway.testkit;

import io.slipway.model.storage.RepositoryStorage;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

class InMemoryStorageTest extends RepositoryStorageContract {

    private InMemoryStorage storage;

    @Override
    protected RepositoryStorage open() {
        if (storage == null) {
            storage = new InMemoryStorage(InstantSource.system(), folder("temporary"));
        }
        return storage;
    }

    @AfterEach
    void close() {
        if (storage != null) {
            storage.close();
        }
    }
}
