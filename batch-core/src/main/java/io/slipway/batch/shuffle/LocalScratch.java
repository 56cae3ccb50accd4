package io.slipway.batch.shuffle;

import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scratch files in a folder of their own on the local disk. */
public final class LocalScratch implements Scratch {

    private static final Logger LOG = LoggerFactory.getLogger(LocalScratch.class);

    private final Path folder;
    private final AtomicLong next = new AtomicLong();

    /**
     * Creates the folder.
     *
     * @param parent where to create it
     * @throws UnavailableException if that is not possible
     */
    public LocalScratch(Path parent) {
        try {
            Files.createDirectories(parent);
            folder = Files.createTempDirectory(parent, "slipway-job-");
        } catch (IOException e) {
            throw new UnavailableException(
                    "The scratch folder " + parent + " cannot be written (" + e + "). Choose another one.", e);
        }
    }

    @Override
    public Path newFile(String prefix) {
        return folder.resolve(prefix + "-" + next.getAndIncrement());
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
}
