package io.slipway.testkit;

import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * A storage as an object store is one: names, no folders, no local files. Several processes of a test are several users
 * of one instance. Passes {@link RepositoryStorageContract}.
 */
public final class InMemoryStorage implements RepositoryStorage {

    private final ConcurrentSkipListMap<String, Content> files = new ConcurrentSkipListMap<>();
    private final InstantSource clock;
    private final ProcessFolder temporary;

    /**
     * An empty storage.
     *
     * @param clock the time of creation of its files
     * @param temporaryFolder where files are built that are going to be stored
     */
    public InMemoryStorage(InstantSource clock, Path temporaryFolder) {
        this.clock = clock;
        try {
            this.temporary = ProcessFolder.open(temporaryFolder);
        } catch (IOException e) {
            throw new UnavailableException("Cannot write into " + temporaryFolder + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) {
        check(path);
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (files.containsKey(parent)) {
                throw new UnavailableException(
                        "Cannot create " + path + ": " + parent + " is a file, not a folder. Name another repository.");
            }
        }
        return files.putIfAbsent(path, new Content(content.clone(), clock.instant())) == null;
    }

    @Override
    public boolean createIfAbsent(String path, Path source) {
        try {
            byte[] content = Files.readAllBytes(source);
            Files.delete(source);
            return createIfAbsent(path, content);
        } catch (IOException e) {
            throw new UnavailableException("Cannot read " + source + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Path newTemporaryFile() {
        return temporary.newFile();
    }

    @Override
    public byte[] read(String path) {
        check(path);
        Content content = files.get(path);
        if (content == null) {
            throw new NotFoundException(path + " does not exist.");
        }
        return content.bytes.clone();
    }

    @Override
    public void makeDurable(String path) {
        // It lasts as long as this object, like everything here.
    }

    @Override
    public InputStream open(String path) {
        return new ByteArrayInputStream(read(path));
    }

    @Override
    public Optional<Path> localFile(String path) {
        return Optional.empty();
    }

    @Override
    public List<StoredFile> files(String folder) {
        String prefix = prefix(folder);
        return below(prefix).entrySet().stream()
                .filter(file -> file.getKey().indexOf('/', prefix.length()) < 0)
                .map(file -> new StoredFile(
                        file.getKey().substring(prefix.length()),
                        file.getValue().bytes.length,
                        file.getValue().created))
                .toList();
    }

    @Override
    public List<String> folders(String folder) {
        String prefix = prefix(folder);
        return below(prefix).keySet().stream()
                .filter(name -> name.indexOf('/', prefix.length()) >= 0)
                .map(name -> name.substring(prefix.length(), name.indexOf('/', prefix.length())))
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    @Override
    public void delete(String path) {
        check(path);
        files.remove(path);
    }

    @Override
    public void close() {
        temporary.close();
    }

    private SortedMap<String, Content> below(String prefix) {
        return files.subMap(prefix, prefix + Character.MAX_VALUE);
    }

    private static String prefix(String folder) {
        check(folder);
        return folder.isEmpty() ? "" : folder + "/";
    }

    private static void check(String path) {
        if (path.startsWith(".") || path.contains("/.")) {
            throw new IllegalArgumentException("The path '" + path + "' has a part that starts with a dot");
        }
    }

    private static final class Content {
        private final byte[] bytes;
        private final Instant created;

        Content(byte[] bytes, Instant created) {
            this.bytes = bytes;
            this.created = created;
        }
    }
}
