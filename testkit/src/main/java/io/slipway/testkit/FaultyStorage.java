package io.slipway.testkit;

import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A storage of which one call fails: {@link Faults} says which, and how. Closing it closes nothing, because several
 * processes of a test may share what is below.
 */
public final class FaultyStorage implements RepositoryStorage {

    private final RepositoryStorage storage;
    private final Faults faults;

    /**
     * A storage with a fault.
     *
     * @param storage does the work
     * @param faults decides about each call
     */
    public FaultyStorage(RepositoryStorage storage, Faults faults) {
        this.storage = storage;
        this.faults = faults;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        return faults.call("create " + path, () -> storage.createIfAbsent(path, content));
    }

    @Override
    public boolean createIfAbsent(String path, Path source) {
        return faults.call("create " + path + " from a file", () -> storage.createIfAbsent(path, source));
    }

    @Override
    public Path newTemporaryFile() {
        return faults.call("new temporary file", storage::newTemporaryFile);
    }

    @Override
    public void makeDurable(String path) {
        faults.call("make durable " + path, () -> {
            storage.makeDurable(path);
            return path;
        });
    }

    @Override
    public byte[] read(String path) {
        return faults.call("read " + path, () -> storage.read(path));
    }

    @Override
    public InputStream open(String path) {
        return faults.call("open " + path, () -> storage.open(path));
    }

    @Override
    public Optional<Path> localFile(String path) {
        faults.requireAlive("local file " + path);
        return storage.localFile(path);
    }

    @Override
    public List<StoredFile> files(String folder) {
        return faults.call("files of " + folder, () -> storage.files(folder));
    }

    @Override
    public List<String> folders(String folder) {
        return faults.call("folders of " + folder, () -> storage.folders(folder));
    }

    @Override
    public void delete(String path) {
        faults.call("delete " + path, () -> {
            storage.delete(path);
            return path;
        });
    }

    @Override
    public void close() {
        // What is below belongs to the test.
    }
}
