package io.slipway.testkit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file or folder of a disk. Reading, writing and syncing are calls that may fail; closing is none. Thread-safe. */
final class DiskChannel extends FileChannel {

    /** Tells the disk's image of a sync. */
    @FunctionalInterface
    private interface OnSync {
        void run() throws IOException;
    }

    private final DiskFileSystem files;
    private final Path path;
    private final FileChannel channel;
    private final OnSync onSync;

    private DiskChannel(DiskFileSystem files, Path path, FileChannel channel, OnSync onSync) {
        this.files = files;
        this.path = path;
        this.channel = channel;
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
        return files.provider().call("write", path, () -> channel.write(from));
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        return files.provider().call("write", path, () -> channel.write(from, offset, length));
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return files.provider().call("write", path, () -> channel.write(from, position));
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return files.provider().call("write", path, () -> channel.transferFrom(source, position, count));
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        return files.provider().call("write", path, () -> {
            FileChannel unused = channel.truncate(size);
            return this;
        });
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
        return files.provider().call("read", path, () -> channel.read(into));
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return channel.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        FileChannel unused = channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return channel.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        files.closed(this);
        channel.close();
    }
}
