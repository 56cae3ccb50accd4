package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.RepositoryStorage;
import java.util.List;

/** The entries of files whose keys follow on one another, of which only one is open at a time. */
final class FilesCursor implements RecordCursor {

    private final RepositoryStorage storage;
    private final VersionId version;
    private final List<FileEntry> files;
    private final long readAheadBytes;
    private RecordCursor file = EmptyCursor.INSTANCE;
    private int nextFile;

    FilesCursor(RepositoryStorage storage, VersionId version, List<FileEntry> files, long readAheadBytes) {
        this.storage = storage;
        this.version = version;
        this.files = files;
        this.readAheadBytes = readAheadBytes;
    }

    @Override
    public boolean next() {
        while (!file.next()) {
            file.close();
            file = EmptyCursor.INSTANCE;
            if (nextFile == files.size()) {
                return false;
            }
            openNext();
        }
        return true;
    }

    @Override
    public byte[] key() {
        return file.key();
    }

    @Override
    public int keyLength() {
        return file.keyLength();
    }

    @Override
    public byte[] value() {
        return file.value();
    }

    @Override
    public int valueLength() {
        return file.valueLength();
    }

    @Override
    public void close() {
        file.close();
    }

    private void openNext() {
        FileEntry next = files.get(nextFile);
        String path = Layout.file(version, next.name());
        if (nextFile > 0) {
            String before = files.get(nextFile - 1).greatestKey();
            if (next.leastKey().compareTo(before) <= 0) {
                throw new CorruptDataException(path, "least key", "one after " + before, next.leastKey());
            }
        }
        file = new FileCursor(storage, path, next, readAheadBytes);
        nextFile++;
    }
}
