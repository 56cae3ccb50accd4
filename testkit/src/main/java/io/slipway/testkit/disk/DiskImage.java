package io.slipway.testkit.disk;

import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of a folder would be there after a loss of power. Told of every change and every sync. Thread-safe. */
final class DiskImage {

    private static final byte[] NOTHING = {};

    private final Path root;
    private Folder top;

    DiskImage(Path root) throws IOException {
        this.root = root;
        this.top = scan(root);
    }

    /** What a name stands for. */
    private interface Entry {}

    /** The content of a file, which may have several names. */
    static final class Content implements Entry {
        private byte[] durable = NOTHING;
    }

    private static final class Folder implements Entry {
        /** By name; empty for a folder that is not watched. */
        private final Map<String, Entry> entries = new TreeMap<>();

        private final Map<String, Entry> durable = new TreeMap<>();
        private final boolean isWatched;

        Folder(boolean isWatched) {
            this.isWatched = isWatched;
        }
    }

    /** The content that a name stands for now; one of its own if nothing is known of the name. */
    synchronized Content content(Path file) {
        Optional<Folder> parent = parent(file);
        if (parent.isPresent() && parent.get().entries.get(name(file)) instanceof Content content) {
            return content;
        }
        Content content = new Content();
        parent.ifPresent(folder -> folder.entries.put(name(file), content));
        return content;
    }

    synchronized void folderCreated(Path path) {
        parent(path).ifPresent(parent -> parent.entries.put(name(path), new Folder(true)));
    }

    synchronized void linked(Path link, Path existing) {
        Content content = content(existing);
        parent(link).ifPresent(parent -> parent.entries.put(name(link), content));
    }

    synchronized void moved(Path from, Path to) {
        Content content = content(from);
        parent(to).ifPresent(parent -> parent.entries.put(name(to), content));
        deleted(from);
    }

    synchronized void deleted(Path path) {
        parent(path).ifPresent(parent -> parent.entries.remove(name(path)));
    }

    /** A file was synced whose content may have lost its name since. */
    synchronized void synced(Path file, Content content) throws IOException {
        if (Files.exists(file)) {
            content.durable = Files.readAllBytes(file);
        }
    }

    synchronized void folderSynced(Path path) throws IOException {
        Optional<Folder> found = folder(path);
        if (found.isPresent()) {
            Folder folder = found.get();
            folder.entries.keySet().removeIf(name -> !Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS));
            for (Path entry : list(path)) {
                folder.entries.computeIfAbsent(
                        name(entry), name -> Files.isDirectory(entry) ? new Folder(false) : new Content());
            }
            folder.durable.clear();
            folder.durable.putAll(folder.entries);
        }
    }

    /** Makes the folder what it would be. */
    synchronized void restore() throws IOException {
        restore(top, root);
        top = scan(root);
    }

    private static void restore(Folder folder, Path path) throws IOException {
        if (!folder.isWatched) {
            return;
        }
        for (Path entry : list(path)) {
            boolean isFolder = Files.isDirectory(entry);
            Entry durable = folder.durable.get(name(entry));
            if (durable == null || isFolder != durable instanceof Folder) {
                ProcessFolder.deleteTree(entry);
            }
        }
        for (Map.Entry<String, Entry> durable : folder.durable.entrySet()) {
            Path target = path.resolve(durable.getKey());
            if (durable.getValue() instanceof Folder child) {
                Files.createDirectories(target);
                restore(child, target);
            } else {
                restore((Content) durable.getValue(), target);
            }
        }
    }

    private static void restore(Content content, Path target) throws IOException {
        if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), content.durable)) {
            Files.deleteIfExists(target); // It may have another name, whose content is right.
            Files.write(target, content.durable);
        }
    }

    private static Folder scan(Path path) throws IOException {
        Folder folder = new Folder(true);
        for (Path entry : list(path)) {
            folder.entries.put(name(entry), Files.isDirectory(entry) ? scan(entry) : read(entry));
        }
        folder.durable.putAll(folder.entries);
        return folder;
    }

    private static Content read(Path file) throws IOException {
        Content content = new Content();
        content.durable = Files.readAllBytes(file);
        return content;
    }

    private Optional<Folder> parent(Path path) {
        return path.getParent() == null ? Optional.empty() : folder(path.getParent());
    }

    /** The watched folder of a path, if it is one. */
    private Optional<Folder> folder(Path path) {
        if (!path.startsWith(root)) {
            return Optional.empty();
        }
        Folder folder = top;
        for (Path name : root.relativize(path)) {
            if (name.toString().isEmpty()) {
                continue;
            }
            if (!(folder.entries.get(name.toString()) instanceof Folder child) || !child.isWatched) {
                return Optional.empty();
            }
            folder = child;
        }
        return Optional.of(folder);
    }

    private static Iterable<Path> list(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            java.util.List<Path> list = new java.util.ArrayList<>();
            entries.forEach(list::add);
            return list;
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
