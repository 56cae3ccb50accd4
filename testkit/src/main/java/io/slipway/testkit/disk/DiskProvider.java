package io.slipway.testkit.disk;

import static io.slipway.testkit.disk.DiskPath.below;

import io.slipway.testkit.Faults;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the calls of one process to a disk: each a call that may fail, and told to the disk's image. Thread-safe. */
final class DiskProvider extends FileSystemProvider {

    private final DiskFileSystem files;
    private final Path folder;
    private final DiskImage image;
    private final Faults faults;

    DiskProvider(DiskFileSystem files, Path folder, DiskImage image, Faults faults) {
        this.files = files;
        this.folder = folder;
        this.image = image;
        this.faults = faults;
    }

    /** Makes a call that is told by its verb and its path. */
    <T> T call(String verb, Path path, Faults.Effect<T, IOException> effect) throws IOException {
        return faults.callFile("disk: " + verb + " " + name(path), effect);
    }

    /** The path in the folder, with the names alike that processes choose for temporary files. */
    private String name(Path path) {
        String name = path.startsWith(folder) ? folder.relativize(path).toString() : path.toString();
        return name.replaceAll("\\.tmp/[0-9a-f-]+", ".tmp/process")
                .replaceAll("\\.tmp/process/t[0-9]+", ".tmp/process/t");
    }

    @Override
    public FileChannel newFileChannel(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path path = below(file);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        return call(writes ? "open" : "open to read", path, () -> {
            boolean isFolder = Files.isDirectory(path);
            FileChannel channel = FileChannel.open(path, options, attributes);
            return files.opened(
                    isFolder
                            ? DiskChannel.ofFolder(files, image, path, channel)
                            : DiskChannel.ofFile(files, image, path, channel));
        });
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(file, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        Path path = below(directory);
        return call("list", path, () -> {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                for (Path entry : stream) {
                    Path wrapped = new DiskPath(files, entry);
                    if (filter.accept(wrapped)) {
                        entries.add(wrapped);
                    }
                }
            }
            return new Listing(entries);
        });
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        Path path = below(directory);
        call("create folder", path, () -> {
            Files.createDirectory(path, attributes);
            image.folderCreated(path);
            return path;
        });
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Path path = below(link);
        call("link", path, () -> {
            Files.createLink(path, below(existing));
            image.linked(path, below(existing));
            return path;
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        Path path = below(file);
        call("delete", path, () -> {
            Files.delete(path);
            image.deleted(path);
            return path;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path path = below(target);
        call("move to", path, () -> {
            Files.move(below(source), path, options);
            image.moved(below(source), path);
            return path;
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Path path = below(target);
        call("copy to", path, () -> {
            Files.copy(below(source), path, options);
            image.deleted(path);
            return image.content(path);
        });
    }

    @Override
    public void checkAccess(Path file, AccessMode... modes) throws IOException {
        Path path = below(file);
        call("look at", path, () -> {
            path.getFileSystem().provider().checkAccess(path, modes);
            return path;
        });
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path file, Class<A> type, LinkOption... options)
            throws IOException {
        Path path = below(file);
        return call("look at", path, () -> Files.readAttributes(path, type, options));
    }

    @Override
    public Map<String, Object> readAttributes(Path file, String attributes, LinkOption... options) throws IOException {
        Path path = below(file);
        return call("look at", path, () -> Files.readAttributes(path, attributes, options));
    }

    @Override
    public FileStore getFileStore(Path file) throws IOException {
        Path path = below(file);
        return call("look at", path, () -> Files.getFileStore(path));
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return Files.isSameFile(below(one), below(other));
    }

    @Override
    public boolean isHidden(Path file) throws IOException {
        return Files.isHidden(below(file));
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path file, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(below(file), type, options);
    }

    @Override
    public void setAttribute(Path file, String attribute, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(below(file), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("A faulty disk is mounted, not opened by its address");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return files;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("The paths of a faulty disk have no addresses");
    }

    private static final class Listing implements DirectoryStream<Path> {
        private final List<Path> entries;

        Listing(List<Path> entries) {
            this.entries = entries;
        }

        @Override
        public Iterator<Path> iterator() {
            return entries.iterator();
        }

        @Override
        public void close() {
            // It was read whole.
        }
    }
}
