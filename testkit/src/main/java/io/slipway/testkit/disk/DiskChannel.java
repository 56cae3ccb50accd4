package io.slipway.testkit.disk;

import io.slipway.testkit.ForwardingFileChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** An open file or folder of a disk. Reading, writing and syncing are calls that may fail; closing is none. Thread-safe. */
final class DiskChannel extends ForwardingFileChannel {

    /** Tells the disk's image of a sync. */
    @FunctionalInterface
    private interface OnSync {
        void run() throws IOException;
    }

    private final DiskFileSystem files;
    private final Path path;
    private final OnSync onSync;

    private DiskChannel(DiskFileSystem files, Path path, FileChannel channel, OnSync onSync) {
        super(channel);
        this.files = files;
        this.path = path;
        this.onSync = onSync;
    }

    static DiskChannel ofFile(DiskFileSystem files, DiskImage image, Path path, FileChannel channel) {
        DiskImage.Content content = image.content(path);
        return new DiskChannel(files, path, channel, () -> image.synced(path, content));
    }

    static DiskChannel ofFolder(DiskFileSystem files, DiskImage image, Path path, FileChannel channel) {
        return new DiskChannel(files, path, channel, () -> image.folderSynced(path));
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return files.provider().call("write", path, () -> super.write(from));
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return files.provider().call("write", path, () -> super.write(from, offset, length));
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return files.provider().call("write", path, () -> super.write(from, position));
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return files.provider().call("write", path, () -> super.transferFrom(source, position, count));
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return files.provider().call("write", path, () -> super.truncate(size));
    }

    @Override
    public void force(boolean metaData) throws IOException {
        files.provider().call("sync", path, () -> {
            onSync.run();
            return path;
        });
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return files.provider().call("read", path, () -> super.read(into));
    }

    @Override
    protected void implCloseChannel() throws IOException {
        files.closed(this);
        super.implCloseChannel();
    }
}
