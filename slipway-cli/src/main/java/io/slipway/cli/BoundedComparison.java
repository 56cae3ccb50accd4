package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionComparison;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.Manifest;
import io.slipway.sst.diff.DiffJson;
import io.slipway.sst.diff.DiffSettings;
import io.slipway.sst.diff.VersionDiffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Comparisons for a server that has other work to do: one at a time, on one thread, of so many records and in so much time
 * as the limits say. Versions in topics are read into files that are gone with the answer. Thread-safe.
 */
final class BoundedComparison implements VersionComparison, AutoCloseable {

    private final OpenRepository opened;
    private final Optional<KafkaSettings> cluster;
    private final Path scratch;
    private final Limits limits;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "slipway-diff");
        created.setDaemon(true);
        return created;
    });
    private final Semaphore turn = new Semaphore(1);

    /**
     * What one comparison may take.
     *
     * @param records how many records are read, of both versions together
     * @param time how long it runs
     * @param examples how many examples of each kind it gives
     */
    record Limits(long records, Duration time, int examples) {

        /** Twenty million records, ten seconds, a hundred examples. */
        static final Limits DEFAULT = new Limits(20_000_000, Duration.ofSeconds(10), 100);
    }

    /**
     * Comparisons of a repository's versions.
     *
     * @param cluster has the topics of those of the Kafka route
     * @param scratch where files are made of these
     */
    BoundedComparison(
            OpenRepository opened, Optional<KafkaSettings> cluster, Path scratch, Limits limits, InstantSource clock) {
        this.opened = opened;
        this.cluster = cluster;
        this.scratch = scratch;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public ObjectNode compare(DatasetName dataset, long from, long to, int examples) {
        if (examples > limits.examples()) {
            throw new InvalidInputException(examples + " examples are too many. Ask for at most " + limits.examples()
                    + ", or use `slipway diff " + dataset + " " + from + " " + to + "`.");
        }
        DiffSettings settings = DiffSettings.DEFAULT.withExamples(examples);
        Manifest older = CommittedVersions.readable(opened, dataset, from);
        Manifest newer = CommittedVersions.readable(opened, dataset, to);
        checkRecords(VersionDiffer.recordsToRead(opened.repository(), older, newer, settings), older, newer);
        if (!turn.tryAcquire()) {
            throw new UnavailableException("Another comparison is running, and there is one at a time. Try again.");
        }
        Instant end = clock.instant().plus(limits.time());
        try (OpenVersions reading =
                OpenVersions.of(opened, cluster, scratch, (version, bytes) -> checkTime(end, older, newer))) {
            return new DiffJson(older, newer)
                    .write(new VersionDiffer(reading.files(), thread)
                            .compare(older, newer, settings, read -> checkTime(end, older, newer)));
        } finally {
            turn.release();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private void checkRecords(long records, Manifest older, Manifest newer) {
        if (records > limits.records()) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%,d records would have to be read, and over REST at most %,d are. %s",
                    records,
                    limits.records(),
                    remedy(older, newer)));
        }
    }

    private void checkTime(Instant end, Manifest older, Manifest newer) {
        if (clock.instant().isAfter(end)) {
            throw new UnavailableException("The comparison took more than "
                    + limits.time().toSeconds() + " s, the limit over REST. " + remedy(older, newer));
        }
    }

    private static String remedy(Manifest older, Manifest newer) {
        return "Use `slipway diff " + newer.version().dataset() + " "
                + older.version().number() + " " + newer.version().number() + "`, which has no limit.";
    }
}
