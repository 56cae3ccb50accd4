package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.batch.shuffle.LocalScratch;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's scratch files, and who owns them. Those of a run that is to be resumed are in a folder that is found again by
 * the job's name and the run id, and stay there unless the run succeeds; all others go with the run.
 *
 * <p>Two processes that run the same run at once are told apart by a lock. The second one works in a folder of its own,
 * without resuming, rather than being refused: the first one may be stuck, and the publish contract has long settled
 * that both may go on and one version comes of it.
 *
 * <p>What nobody has come back to for {@link #KEPT} is deleted by whoever opens the next run under the same folder.
 * Used by one thread.
 */
final class Workplace implements AutoCloseable {

    static final Duration KEPT = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);
    private static final String RUNS = "slipway-runs";
    private static final int NAME_CHARACTERS = 40;

    private final Scratch scratch;
    private final Optional<NameLock> lock;
    private boolean succeeded;

    private Workplace(Scratch scratch, Optional<NameLock> lock) {
        this.scratch = scratch;
        this.lock = lock;
    }

    /**
     * Opens a place for a run.
     *
     * @throws UnavailableException if there is none that can be written
     */
    static Workplace open(EngineSettings settings, String job) {
        if (settings.resumption().isPresent()) {
            Optional<Workplace> kept =
                    openKept(settings, job, settings.resumption().get());
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        return new Workplace(settings.faults().apply(LocalScratch.temporary(settings.scratch())), Optional.empty());
    }

    /** The files. */
    Scratch scratch() {
        return scratch;
    }

    /** Whether the run may be resumed. */
    boolean isKept() {
        return lock.isPresent();
    }

    /** Notes that the run has succeeded, so that nothing is to be kept. */
    void succeeded() {
        succeeded = true;
    }

    @Override
    public void close() {
        try {
            if (lock.isEmpty() || succeeded || scratch.files().isEmpty()) {
                scratch.close();
            }
        } catch (IOException e) {
            LOG.debug("The files of a run that failed are kept", e);
        } finally {
            lock.ifPresent(Workplace::release);
        }
    }

    private static Optional<Workplace> openKept(EngineSettings settings, String job, Resumption resumption) {
        Path runs = resumption.folder().resolve(RUNS);
        String name = name(job, resumption);
        try {
            Files.createDirectories(runs);
            Optional<NameLock> lock = NameLock.tryLock(runs, name);
            deleteForgotten(runs, settings.clock().instant().minus(KEPT));
            if (lock.isEmpty()) {
                LOG.warn(
                        "Another process is working on run {} of {}: this one does all of it by itself. If it is the"
                                + " other's repeat, end the other.",
                        resumption.runId(),
                        job);
            }
            return lock.map(held -> openLocked(settings, runs.resolve(name), held));
        } catch (IOException e) {
            throw new UnavailableException(
                    "The scratch folder " + runs + " cannot be written (" + e + "). Choose another one.", e);
        }
    }

    private static Workplace openLocked(EngineSettings settings, Path folder, NameLock lock) {
        try {
            return new Workplace(settings.faults().apply(LocalScratch.in(folder)), Optional.of(lock));
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /** A name that every file system takes, and that no other job or run has. */
    private static String name(String job, Resumption resumption) {
        String run = resumption.runId().value();
        String readable = (job + "-" + run).replaceAll("[^A-Za-z0-9._-]", "_");
        String hash = String.format("%016x", Hashing.xxh3_64().hashCharsToLong(job + "\n" + run));
        return readable.substring(0, Math.min(NAME_CHARACTERS, readable.length())) + "-" + hash;
    }

    private static void deleteForgotten(Path runs, Instant before) throws IOException {
        for (Path run : folders(runs)) {
            if (lastUse(run).isBefore(before)) {
                Optional<NameLock> lock =
                        NameLock.tryLock(runs, run.getFileName().toString());
                if (lock.isPresent()) {
                    LOG.info("Deleting the scratch files of {}, which was not resumed for {}", run, KEPT);
                    ProcessFolder.deleteTree(run);
                    release(lock.get());
                }
            }
        }
    }

    private static List<Path> folders(Path runs) throws IOException {
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    /** When something in it was last written. */
    private static Instant lastUse(Path run) throws IOException {
        Path journal = run.resolve(JournaledRun.JOURNAL);
        return Files.getLastModifiedTime(Files.exists(journal) ? journal : run).toInstant();
    }

    private static void release(NameLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("A lock is let go of at the end of the process", e);
        }
    }
}
