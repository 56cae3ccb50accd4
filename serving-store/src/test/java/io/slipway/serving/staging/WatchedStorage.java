package io.slipway.serving.staging;

import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A storage whose readers get small pieces, and that tells a watcher of each file that is opened and of each piece. */
class WatchedStorage implements RepositoryStorage {

    private static final int PIECE_BYTES = 1000;

    private final RepositoryStorage storage;
    private final List<String> opened = Collections.synchronizedList(new ArrayList<>());

    WatchedStorage(RepositoryStorage storage) {
        this.storage = storage;
    }

    /** The names of the files that were opened, in order. */
    List<String> opened() {
        return List.copyOf(opened);
    }

    /**
     * Is called before a piece of a file is read, and at its end.
     *
     * @param file which file it is, from 1, by the order in which they are opened
     * @param bytes how much of it was read
     */
    void beforePiece(int file, long bytes) throws IOException {
        // For tests to look, to fail or to wait.
    }

    /** Is called when a file is closed. */
    void closed() {
        // For tests to look.
    }

    @Override
    public InputStream open(String path) {
        int number;
        synchronized (opened) {
            opened.add(path.substring(path.lastIndexOf('/') + 1));
            number = opened.size();
        }
        return new FilterInputStream(storage.open(path)) {
            private long bytes;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                beforePiece(number, bytes);
                int read = in.read(target, offset, Math.min(length, PIECE_BYTES));
                bytes += Math.max(read, 0);
                return read;
            }

            @Override
            public void close() throws IOException {
                WatchedStorage.this.closed();
                super.close();
            }
        };
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        return storage.createIfAbsent(path, content);
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
