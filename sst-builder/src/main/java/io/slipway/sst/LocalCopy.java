package io.slipway.sst;

import io.slipway.model.UnavailableException;
import io.slipway.model.storage.RepositoryStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of a repository as a local one, which RocksDB needs: the file itself where the storage is a local folder, else a
 * copy that is deleted when this is closed.
 */
record LocalCopy(Path path, boolean isTemporary) implements AutoCloseable {

    /**
     * Gets a file.
     *
     * @throws io.slipway.model.NotFoundException if there is none, where that is noticed by reading it
     * @throws UnavailableException if it cannot be read
     */
    static LocalCopy of(RepositoryStorage storage, String path) {
        Optional<Path> local = storage.localFile(path);
        if (local.isPresent()) {
            return new LocalCopy(local.get(), false);
        }
        LocalCopy copy = new LocalCopy(storage.newTemporaryFile(), true);
        try (InputStream in = storage.open(path)) {
            Files.copy(in, copy.path());
            return copy;
        } catch (IOException e) {
            copy.close();
            throw new UnavailableException(path + " cannot be read (" + e + "). Check the repository.", e);
        }
    }

    @Override
    public void close() {
        if (isTemporary) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // It goes with the storage's other temporary files.
            }
        }
    }
}
