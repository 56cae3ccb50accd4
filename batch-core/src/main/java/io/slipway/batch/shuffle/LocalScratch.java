package io.slipway.batch.shuffle;

import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scratch files in a folder on the local disk that holds nothing else. */
public final class LocalScratch implements Scratch {

    private static final Logger LOG = LoggerFactory.getLogger(LocalScratch.class);
    private static final Pattern NUMBERED = Pattern.compile(".+-(\\d{1,18})");

    private final Path folder;
    private final AtomicLong next;

    private LocalScratch(Path folder, long next) {
        this.folder = folder;
        this.next = new AtomicLong(next);
    }

    /**
     * Creates a new folder.
     *
     * @param parent where to create it
     * @throws UnavailableException if that is not possible
     */
    public static LocalScratch temporary(Path parent) {
        try {
            Files.createDirectories(parent);
            return new LocalScratch(Files.createTempDirectory(parent, "slipway-job-"), 0);
        } catch (IOException e) {
            throw unavailable(parent, e);
        }
    }

    /**
     * Takes up a folder with the files that are in it, or creates it. Its next owner may be another process, but there
     * must not be two at once.
     *
     * @throws UnavailableException if that is not possible
     */
    public static LocalScratch in(Path folder) {
        try {
            Files.createDirectories(folder);
            return new LocalScratch(
                    folder,
                    list(folder).stream().mapToLong(LocalScratch::number).max().orElse(-1) + 1);
        } catch (IOException e) {
            throw unavailable(folder, e);
        }
    }

    @Override
    public Path newFile(String prefix) {
        return folder.resolve(prefix + "-" + next.getAndIncrement());
    }

    @Override
    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public List<Path> files() throws IOException {
        return list(folder);
    }

    @Override
    public FileChannel write(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public FileChannel read(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public FileChannel update(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} is left to the end of the job", file, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(this::delete);
        } catch (IOException e) {
            LOG.warn("The scratch folder {} could not be deleted. Delete it by hand.", folder, e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static long number(Path file) {
        Matcher matcher = NUMBERED.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static UnavailableException unavailable(Path folder, IOException e) {
        return new UnavailableException(
                "The scratch folder " + folder + " cannot be written (" + e + "). Choose another one.", e);
    }
}
