package io.slipway.testkit.disk;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path on a mounted disk. As text it is the path below, so that native code finds the file. Immutable. */
final class DiskPath implements Path {

    private final DiskFileSystem files;
    private final Path path;

    DiskPath(DiskFileSystem files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** The path below; one that is not on a mounted disk is itself. */
    static Path below(Path path) {
        return path instanceof DiskPath disk ? disk.path : path;
    }

    private Path wrap(Path other) {
        return new DiskPath(files, other);
    }

    private Path wrapOrNull(Path other) {
        return other == null ? null : wrap(other);
    }

    private boolean isOurs(Path other) {
        return other instanceof DiskPath disk && disk.files == files;
    }

    @Override
    public DiskFileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return wrapOrNull(path.getRoot());
    }

    @Override
    public Path getFileName() {
        return wrapOrNull(path.getFileName());
    }

    @Override
    public Path getParent() {
        return wrapOrNull(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return wrap(path.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return isOurs(other) && path.startsWith(below(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return isOurs(other) && path.endsWith(below(other));
    }

    @Override
    public Path normalize() {
        return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(path.resolve(below(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(path.relativize(below(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public File toFile() {
        return path.toFile();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return wrap(path.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("A faulty disk cannot be watched");
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(below(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskPath disk && disk.files == files && path.equals(disk.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
