package io.slipway.testkit.disk;

import io.slipway.testkit.Faults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A disk as one process has it mounted. Thread-safe. */
final class DiskFileSystem extends FileSystem {

    private final Path folder;
    private final DiskProvider provider;
    private final Set<FileChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean isOpen = true;

    DiskFileSystem(Path folder, DiskImage image, Faults faults) {
        this.folder = folder;
        this.provider = new DiskProvider(this, folder, image, faults);
    }

    /** The folder. */
    Path root() {
        return new DiskPath(this, folder);
    }

    <C extends FileChannel> C opened(C channel) {
        channels.add(channel);
        return channel;
    }

    void closed(FileChannel channel) {
        channels.remove(channel);
    }

    @Override
    public DiskProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        for (FileChannel channel : List.copyOf(channels)) {
            channel.close();
        }
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return folder.getFileSystem().getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return folder.getFileSystem().getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return folder.getFileSystem().supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return new DiskPath(this, folder.getFileSystem().getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = folder.getFileSystem().getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(DiskPath.below(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return folder.getFileSystem().getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("A faulty disk cannot be watched");
    }
}
