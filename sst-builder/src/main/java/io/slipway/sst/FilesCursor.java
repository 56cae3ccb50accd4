package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import java.util.List;

/** The entries of files whose keys follow on one another, of which only one is open at a time. */
final class FilesCursor implements RecordCursor {

    private final List<VersionFile> files;
    private final long readAheadBytes;
    private RecordCursor file = EmptyCursor.INSTANCE;
    private int nextFile;

    FilesCursor(List<VersionFile> files, long readAheadBytes) {
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
        VersionFile next = files.get(nextFile);
        if (nextFile > 0) {
            String before = files.get(nextFile - 1).entry().greatestKey();
            String least = next.entry().leastKey();
            if (least.compareTo(before) <= 0) {
                throw new CorruptDataException(next.place(), "least key", "one after " + before, least);
            }
        }
        file = new FileCursor(next, readAheadBytes);
        nextFile++;
    }
}
