package io.slipway.batch.output;

import io.slipway.batch.Sink;
import io.slipway.batch.WrittenFolder;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that one run of a job writes: readers see either nothing of it, or all.
 *
 * <pre>
 *   out                               the output, once it is committed
 *   .out.slipway/1234-5a6b7c8d/       what the run of process 1234 has written so far
 *   .out.slipway/1234-5a6b7c8d.lock   held while that process lives
 *   .out.slipway/replaced             the output before, while it is being replaced
 * </pre>
 *
 * <p>The commit is one rename of a folder whose files are all durable. Where it replaces an output, it takes two: the
 * old folder goes to {@code replaced}, then the new one takes its place. A process that is killed between the two leaves
 * no folder; the next run that opens it puts the old one back. Nobody ever sees a part of either.
 *
 * <p>Whoever opens the folder removes what killed processes have left beside it. Thread-safe, except for {@link
 * #commit} and {@link #close}.
 */
public final class OutputFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

    private final OutputDisk disk;
    private final Path folder;
    private final Sink.Existing existing;
    private final Path beside;
    private final Path replaced;
    private final ProcessFolder own;

    private OutputFolder(OutputDisk disk, Path folder, Sink.Existing existing, Path beside, ProcessFolder own) {
        this.disk = disk;
        this.folder = folder;
        this.existing = existing;
        this.beside = beside;
        this.replaced = beside.resolve("replaced");
        this.own = own;
    }

    /**
     * Opens a folder for a run, and cleans up after runs that were killed.
     *
     * @throws InvalidInputException if there is something in its place that is not to be replaced, or is no folder
     * @throws UnavailableException if nothing can be written there
     */
    public static OutputFolder open(OutputDisk disk, Path folder, Sink.Existing existing) {
        try {
            Path absolute = Files.exists(folder)
                    ? folder.toRealPath()
                    : folder.toAbsolutePath().normalize();
            if (absolute.getParent() == null) {
                throw new InvalidInputException("The output " + folder + " has no parent. Name a folder below it.");
            }
            Path beside = absolute.resolveSibling("." + absolute.getFileName() + ".slipway");
            OutputFolder opened = new OutputFolder(disk, absolute, existing, beside, ProcessFolder.open(beside));
            try {
                opened.recover();
                opened.checkPlace();
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** A name for a new file that will be a part, or be deleted. */
    public Path newFile() {
        return own.newFile();
    }

    /**
     * Makes the folder visible, with these files and no others.
     *
     * @param parts the files, in the order in which they are to be read
     * @param suffix how their names end
     * @throws InvalidInputException if something has come into its place that is not to be replaced
     * @throws UnavailableException if it cannot be done; nothing is visible then, or what was before
     * @throws CommitStateUnknownException if it is done, and may not last if the machine stops now
     */
    public WrittenFolder commit(List<PartFile> parts, String suffix) {
        List<WrittenFolder.File> files = new ArrayList<>();
        try {
            Path whole = own.path().resolve("output");
            disk.createFolder(whole);
            for (PartFile part : parts) {
                String name = String.format("part-%05d%s", part.number(), suffix);
                disk.move(part.file(), whole.resolve(name));
                files.add(new WrittenFolder.File(name, part.records(), part.bytes()));
            }
            disk.sync(whole);
            show(whole);
        } catch (IOException e) {
            checkPlace();
            throw unavailable(folder, e);
        }
        settle();
        return new WrittenFolder(folder, files);
    }

    /** Deletes what was written and not committed. */
    @Override
    public void close() {
        own.close();
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            LOG.debug("{} stays, as somebody else uses it", beside, e);
        }
    }

    /** Ends what a killed process has begun: puts the old output back, or deletes it if the new one is in its place. */
    private void recover() throws IOException {
        if (!Files.exists(replaced)) {
            return;
        }
        if (Files.exists(folder)) {
            disk.delete(replaced);
        } else {
            disk.move(replaced, folder);
            disk.sync(parent());
        }
    }

    private void checkPlace() {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "The output " + folder + " is a file. Name a folder, which is created if it is not there.");
        }
        if (existing == Sink.Existing.REFUSE && !isEmpty()) {
            throw new InvalidInputException("The output folder " + folder
                    + " is there already and is not empty. Name another one, delete it, or say that it is to be"
                    + " replaced.");
        }
    }

    private boolean isEmpty() {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }

    private void show(Path whole) throws IOException {
        if (existing == Sink.Existing.REFUSE || !Files.exists(folder)) {
            disk.move(whole, folder);
            return;
        }
        disk.move(folder, replaced);
        try {
            disk.move(whole, folder);
        } catch (IOException e) {
            putBack(e);
            throw e;
        }
    }

    private void putBack(IOException failure) {
        try {
            disk.move(replaced, folder);
        } catch (IOException e) {
            LOG.warn("The output before is in {}. The next run that writes {} puts it back.", replaced, folder);
            failure.addSuppressed(e);
        }
    }

    private void settle() {
        try {
            disk.sync(parent());
        } catch (IOException e) {
            throw new CommitStateUnknownException(
                    "The output " + folder + " is written, and may be lost if the machine stops now (" + e.getMessage()
                            + "). Check the disk.",
                    e);
        }
        try {
            disk.delete(replaced);
        } catch (IOException e) {
            LOG.warn("The replaced output {} could not be deleted. The next run deletes it.", replaced, e);
        }
    }

    private Path parent() {
        return beside.getParent();
    }

    /** The error of a folder that cannot be written. */
    public static UnavailableException unavailable(Path folder, IOException e) {
        return new UnavailableException(
                "The output folder " + folder + " cannot be written (" + e + "). Check rights and free space there.",
                e);
    }
}
