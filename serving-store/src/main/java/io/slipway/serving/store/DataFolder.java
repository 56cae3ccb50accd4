package io.slipway.serving.store;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one node:
 *
 * <pre>
 *   lock                         held by the process for as long as it lives
 *   node.json                    the node's state ({@link NodeState}), replaced atomically
 *   datasets/&lt;dataset&gt;/v&lt;N&gt;/     one {@link VersionFolder} for each version
 * </pre>
 *
 * <p>At most one process has a folder open, enforced by a lock that the operating system releases when the process
 * dies. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,17})");

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens a node's folder, created if it is not there.
     *
     * @param repository where the repository is, as its storage names it
     * @throws InvalidInputException if the folder is inside the repository or the other way round
     * @throws UnavailableException if another node has it open, or it cannot be written
     */
    public static DataFolder open(Path folder, String repository) {
        Path root = folder.toAbsolutePath().normalize();
        refuseNesting(root, repository);
        try {
            DurableFiles.createFolders(root);
            return opened(new DataFolder(root, lock(root)));
        } catch (IOException e) {
            throw new UnavailableException(
                    "The node's data folder " + root + " cannot be written: " + e
                            + ". Make it writable, or name another with --data.",
                    e);
        }
    }

    private static DataFolder opened(DataFolder folder) throws IOException {
        boolean good = false;
        try {
            folder.makeDurable();
            good = true;
            return folder;
        } finally {
            if (!good) {
                folder.close();
            }
        }
    }

    /** What this node relies on from now on, an earlier one created: it may have died before that was durable. */
    private void makeDurable() throws IOException {
        DurableFiles.sync(root);
        Path datasets = root.resolve("datasets");
        if (Files.isDirectory(datasets)) {
            DurableFiles.sync(datasets);
            for (Path dataset : entries(datasets)) {
                DurableFiles.sync(dataset);
            }
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (java.nio.channels.OverlappingFileLockException e) {
            // Another node in this process: said below.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new UnavailableException("The node's data folder " + root
                + " is in use by another node. Stop that one, or name another folder with --data.");
    }

    private static void refuseNesting(Path root, String repository) {
        Path other;
        try {
            other = real(Path.of(repository).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return; // Not a folder of this machine.
        }
        Path mine = real(root);
        if (mine.startsWith(other) || other.startsWith(mine)) {
            throw new InvalidInputException("The node's data folder " + root + " and the repository " + repository
                    + " are inside each other. Name a data folder outside the repository with --data.");
        }
    }

    /** The path without symbolic links, as far as it exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }

    /** The folder of a version; it need not be there. */
    public VersionFolder version(VersionId id) {
        return new VersionFolder(id, dataset(id.dataset()).resolve("v" + id.number()));
    }

    /** Deletes what is of no use any more, and lists the versions that are staged or partly fetched. */
    public List<VersionFolder> sweep() {
        List<VersionFolder> left = new ArrayList<>();
        for (Path dataset : entries(root.resolve("datasets"))) {
            String name = dataset.getFileName().toString();
            if (DatasetName.isValid(name)) {
                entries(dataset).forEach(version -> sweep(new DatasetName(name), version, left));
            }
        }
        return left;
    }

    private void sweep(DatasetName dataset, Path folder, List<VersionFolder> left) {
        Matcher matcher = VERSION.matcher(folder.getFileName().toString());
        if (!matcher.matches()) {
            return;
        }
        VersionFolder version = version(new VersionId(dataset, Long.parseLong(matcher.group(1))));
        try {
            version.sweep();
        } catch (IOException e) {
            LOG.warn("What is left of a staging in {} cannot be deleted: {}. Delete it.", folder, e.toString());
        }
        if (Files.isDirectory(folder)) {
            left.add(version);
        }
    }

    /** The node's state; none if there is none or it is damaged, which is logged. */
    public Optional<NodeState> readState() {
        Path file = stateFile();
        try {
            return Optional.of(NodeStateJson.read(file.toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | SlipwayException e) {
            LOG.warn("The node starts without its state, and serves once it has read the catalog: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Stores the node's state; durable on return. */
    public void writeState(NodeState state) throws IOException {
        DurableFiles.write(stateFile(), NodeStateJson.write(state));
    }

    /** How many bytes can still be written. */
    public long usableBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** How many bytes its disk has. */
    public long diskBytes() throws IOException {
        return Files.getFileStore(root).getTotalSpace();
    }

    /** How many bytes the other versions of a version's dataset take here. */
    public long bytesBeside(VersionId id) throws IOException {
        Path own = version(id).path();
        Path folder = dataset(id.dataset());
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder).filter(file -> !file.startsWith(own))) {
            return files.mapToLong(DataFolder::size).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Files come and go while they are counted. */
    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The folder. */
    public Path path() {
        return root;
    }

    /** Lets another process have the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("The lock of {} goes with the process", root, e);
        }
    }

    private Path stateFile() {
        return root.resolve("node.json");
    }

    private Path dataset(DatasetName name) {
        return root.resolve("datasets").resolve(name.value());
    }

    private static List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UnavailableException("The folder " + folder + " cannot be read: " + e + ".", e);
        }
        return entries;
    }
}
