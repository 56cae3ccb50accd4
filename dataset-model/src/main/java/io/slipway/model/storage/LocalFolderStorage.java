package io.slipway.model.storage;

import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A repository in a folder of a local (or locally mounted) file system that has hard links.
 *
 * <p>Creation is whole, atomic and durable: the content is written under a temporary name and synced, then linked to
 * its name, which fails if the name is taken, then the folder is synced, and so is the parent of every folder that had
 * to be created. A crash before the link leaves only a temporary file, which the next process that writes removes
 * ({@link ProcessFolder}); a crash after it may lose the link but never shows a part. Others see the name between the link
 * and the sync of the folder, so whoever relies on a name that it did not create syncs the folder as well.
 *
 * <p>Reading creates nothing, not even the folder.
 */
public final class LocalFolderStorage implements RepositoryStorage {

    private static final String TEMPORARY = ".tmp";

    private final Path root;
    private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();
    private ProcessFolder temporary;

    /**
     * A storage in a folder, which is created with the first file.
     *
     * @param root the folder
     */
    public LocalFolderStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        Path target = resolve(path);
        try {
            if (isTaken(target)) {
                return false;
            }
            Path temporaryFile = temporary().newFile();
            Files.write(temporaryFile, content, StandardOpenOption.CREATE_NEW);
            return link(temporaryFile, target);
        } catch (IOException e) {
            throw unavailable("create", target, e);
        }
    }

    @Override
    public boolean createIfAbsent(String path, Path source) {
        Path target = resolve(path);
        try {
            if (isTaken(target)) {
                return false;
            }
            if (Files.getFileStore(source).equals(Files.getFileStore(temporary().path()))) {
                return link(source, target);
            }
            Path copy = temporary().newFile();
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            return link(copy, target);
        } catch (IOException e) {
            throw unavailable("create", target, e);
        }
    }

    @Override
    public Path newTemporaryFile() {
        try {
            return temporary().newFile();
        } catch (IOException e) {
            throw unavailable("write into", root, e);
        }
    }

    @Override
    public byte[] read(String path) {
        Path file = resolve(path);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (IOException e) {
            throw unavailable("read", file, e);
        }
    }

    @Override
    public void makeDurable(String path) {
        Path file = resolve(path);
        try {
            sync(parent(file));
        } catch (IOException e) {
            throw unavailable("sync the folder of", file, e);
        }
    }

    @Override
    public InputStream open(String path) {
        Path file = resolve(path);
        try {
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (IOException e) {
            throw unavailable("read", file, e);
        }
    }

    @Override
    public Optional<Path> localFile(String path) {
        return Optional.of(resolve(path));
    }

    @Override
    public List<StoredFile> files(String folder) {
        List<StoredFile> files = new ArrayList<>();
        for (Path entry : entries(folder)) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    files.add(new StoredFile(
                            name(entry),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                }
            } catch (NoSuchFileException e) {
                // Deleted since it was listed.
            } catch (IOException e) {
                throw unavailable("list", entry, e);
            }
        }
        files.sort(Comparator.comparing(StoredFile::name));
        return files;
    }

    @Override
    public List<String> fileNames(String folder) {
        return entries(folder).stream().map(LocalFolderStorage::name).sorted().toList();
    }

    @Override
    public List<String> folders(String folder) {
        return entries(folder).stream()
                .filter(LocalFolderStorage::isFolder)
                .map(LocalFolderStorage::name)
                .sorted()
                .toList();
    }

    @Override
    public void delete(String path) {
        Path file = resolve(path);
        try {
            if (Files.deleteIfExists(file)) {
                sync(parent(file));
            }
        } catch (IOException e) {
            throw unavailable("delete", file, e);
        }
    }

    @Override
    public synchronized void close() {
        if (temporary != null) {
            temporary.close();
            temporary = null;
        }
    }

    private synchronized ProcessFolder temporary() throws IOException {
        if (temporary == null) {
            createFolder(root);
            temporary = ProcessFolder.open(root.resolve(TEMPORARY));
        }
        return temporary;
    }

    private boolean link(Path temporaryFile, Path target) throws IOException {
        try {
            sync(temporaryFile);
            createFolder(parent(target));
            Files.createLink(target, temporaryFile);
            sync(parent(target));
            return true;
        } catch (FileAlreadyExistsException e) {
            sync(parent(target));
            return false;
        } finally {
            Files.deleteIfExists(temporaryFile);
        }
    }

    /**
     * Whether there is a file of that path; its creator may not have synced the folder yet, but whoever is told that it
     * is there relies on it.
     */
    private static boolean isTaken(Path target) throws IOException {
        if (!Files.exists(target)) {
            return false;
        }
        sync(parent(target));
        return true;
    }

    /**
     * Creates a folder and those above it, each durably. A folder that is already there may just have been created by
     * a process that has not synced it yet, so each is synced once here in any case.
     */
    private void createFolder(Path folder) throws IOException {
        if (durableFolders.contains(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            createFolder(parent(folder));
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw new NotDirectoryException(folder.toString());
                }
            }
        }
        if (folder.startsWith(root)) {
            sync(parent(folder));
        }
        durableFolders.add(folder);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private List<Path> entries(String folder) {
        Path path = resolve(folder);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(path, entry -> !name(entry).startsWith("."))) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw unavailable("list", path, e.getCause());
        } catch (IOException e) {
            throw unavailable("list", path, e);
        }
        return entries;
    }

    private static boolean isFolder(Path entry) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false; // Deleted since it was listed.
        } catch (IOException e) {
            throw unavailable("list", entry, e);
        }
    }

    private Path resolve(String path) {
        if (path.startsWith(".") || path.contains("/.")) {
            throw new IllegalArgumentException("The path '" + path + "' has a part that starts with a dot");
        }
        Path resolved = root.resolve(path).normalize();
        if (!resolved.startsWith(root)) {
            throw new IllegalArgumentException("The path '" + path + "' leads out of the repository");
        }
        return resolved;
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static NotFoundException missing(Path file, IOException cause) {
        return new NotFoundException(file + " does not exist.", cause);
    }

    private static UnavailableException unavailable(String action, Path path, IOException cause) {
        return new UnavailableException("Cannot " + action + " " + path + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied. Let this user write there, or name another repository.";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder, and it cannot be created. Name another repository.";
        }
        if (cause instanceof NotDirectoryException e) {
            return e.getFile() + " is a file, not a folder. Name another repository.";
        }
        String message = cause instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : String.valueOf(cause.getMessage());
        return message + (message.contains("No space left") ? ". Free some space there." : ".");
    }
}
