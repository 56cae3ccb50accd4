package io.slipway.testkit;

import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A storage whose client loses the acknowledgement of every creation of a small file and repeats it by itself, as object
 * store clients do: the caller is told that the file was there already.
 */
public final class RepeatingStorage implements RepositoryStorage {

    private final RepositoryStorage storage;

    /** A storage over another that does the work. */
    public RepeatingStorage(RepositoryStorage storage) {
        this.storage = storage;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        boolean lost = storage.createIfAbsent(path, content);
        return storage.createIfAbsent(path, content) && lost;
    }

    @Override
    public boolean createIfAbsent(String path, Path source) {
        return storage.createIfAbsent(path, source);
    }

    @Override
    public Path newTemporaryFile() {
        return storage.newTemporaryFile();
    }

    @Override
    public void makeDurable(String path) {
        storage.makeDurable(path);
    }

    @Override
    public byte[] read(String path) {
        return storage.read(path);
    }

    @Override
    public InputStream open(String path) {
        return storage.open(path);
    }

    @Override
    public Optional<Path> localFile(String path) {
        return storage.localFile(path);
    }

    @Override
    public List<StoredFile> files(String folder) {
        return storage.files(folder);
    }

    @Override
    public List<String> folders(String folder) {
        return storage.folders(folder);
    }

    @Override
    public void delete(String path) {
        storage.delete(path);
    }

    @Override
    public void close() {
        // What is below belongs to the test.
    }
}
