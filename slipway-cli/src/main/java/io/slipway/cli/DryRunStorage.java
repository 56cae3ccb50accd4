package io.slipway.cli;

import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A storage that shows another one and keeps what is created in it to itself: for going through the motions of a claim
 * without making one. Only small files can be created. Thread-safe.
 */
final class DryRunStorage implements RepositoryStorage {

    private final RepositoryStorage shown;
    private final Map<String, byte[]> created = new ConcurrentHashMap<>();

    DryRunStorage(RepositoryStorage shown) {
        this.shown = shown;
    }

    @Override
    public String location() {
        return shown.location();
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        int slash = path.lastIndexOf('/');
        boolean taken = shown.files(path.substring(0, Math.max(0, slash))).stream()
                .anyMatch(file -> file.name().equals(path.substring(slash + 1)));
        return !taken && created.putIfAbsent(path, content) == null;
    }

    @Override
    public byte[] read(String path) {
        byte[] content = created.get(path);
        return content == null ? shown.read(path) : content.clone();
    }

    @Override
    public void makeDurable(String path) {
        // Nothing that a dry run comes to is to last.
    }

    @Override
    public InputStream open(String path) {
        return shown.open(path);
    }

    @Override
    public Optional<Path> localFile(String path) {
        return shown.localFile(path);
    }

    @Override
    public List<StoredFile> files(String folder) {
        return shown.files(folder);
    }

    @Override
    public List<String> folders(String folder) {
        return shown.folders(folder);
    }

    @Override
    public boolean createIfAbsent(String path, Path source) {
        throw new UnsupportedOperationException("A dry run creates no files");
    }

    @Override
    public Path newTemporaryFile() {
        throw new UnsupportedOperationException("A dry run creates no files");
    }

    @Override
    public void delete(String path) {
        throw new UnsupportedOperationException("A dry run deletes no files");
    }

    @Override
    public void close() {
        // The one that is shown is its opener's to close.
    }
}
