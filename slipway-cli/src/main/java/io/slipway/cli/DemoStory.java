package io.slipway.cli;

import io.slipway.batch.JobResult;
import io.slipway.cli.DemoClient.Reply;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.examples.delays.RouteDelaysJob;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.catalog.VersionEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * What the demo shows, step by step: two versions of a dataset are published while it is being read, and the second is
 * rolled back. Each step says in a line what happened. Used by one thread.
 */
final class DemoStory {

    /** A route with many flights, which are not equally late in all months. */
    static final String ROUTE = "LAX-PHX";

    static final DatasetName DATASET = new DatasetName(RouteDelaysJob.DATASET);

    private static final int READERS = 3;
    private static final int ROUTES = 300;
    private static final int PHASES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final OpenRepository opened;
    private final DemoJobs jobs;
    private final AllInOne server;
    private final DemoClient client;
    private final Duration reading;
    private final PrintWriter out;
    private final InstantSource clock = OpenRepository.clock();
    private final DemoTally tally = new DemoTally(clock);
    private int step;

    /**
     * A story.
     *
     * @param opened the repository, empty
     * @param jobs publish into it
     * @param server serves it
     * @param reading how long the readers read at least
     * @param out what it is told to
     */
    DemoStory(OpenRepository opened, DemoJobs jobs, AllInOne server, Duration reading, PrintWriter out) {
        this.opened = opened;
        this.jobs = jobs;
        this.server = server;
        this.client = new DemoClient(server.readsUri(), DATASET.value());
        this.reading = reading;
        this.out = out;
    }

    /**
     * Tells it, and the summary.
     *
     * @return whether all went as it should: no reply was wrong, and version 2 was seen
     * @throws UnavailableException if a swap does not reach readers in time
     */
    boolean tell() throws InterruptedException {
        JobResult first = jobs.publish(DemoJobs.FIRST_LAST_MONTH);
        say("Published version 1 of " + DATASET + ", from January and February: " + figures(first) + ".");
        awaitFirstVersion();
        say("Serving it at " + server.readsUri() + ": the node fetched it, verified it and swapped it in.");
        say("Looked up " + ROUTE + ": " + lookUp().body());

        DemoAnswers answers = jobs.answers();
        Instant start = clock.instant();
        Swap swap = readThroughSwaps(answers);
        Duration read = Duration.between(start, clock.instant());

        out.println();
        out.println("swap: " + swap);
        tally.summary(read).forEach(out::println);
        out.flush();
        return tally.isClean() && tally.firstReply(2).isPresent();
    }

    private Swap readThroughSwaps(DemoAnswers answers) throws InterruptedException {
        List<String> routes = answers.telling(ROUTES);
        SplittableRandom random = new SplittableRandom(routes.size());
        try (DemoReaders readers = DemoReaders.start(
                READERS, allowed -> new DemoReader(client, answers, routes, tally, random.split(), allowed))) {
            say(READERS + " readers look up " + routes.size() + " routes, one by one and in batches, and compare every"
                    + " reply with what its version has to answer.");
            readOn(readers, 0);
            Swap swap = swapIn(readers);
            readOn(readers, 1);
            rollBack(readers);
            readOn(readers, 2);
            return swap;
        }
    }

    private Swap swapIn(DemoReaders readers) throws InterruptedException {
        readers.allow(1);
        JobResult second = jobs.publish(DemoJobs.SECOND_LAST_MONTH);
        Instant published = clock.instant();
        say("Published version 2 while they read, from all three months: " + figures(second) + ".");
        await(readers, 1);
        VersionEntry current =
                opened.catalog().latest().datasetOrEmpty(DATASET).current().orElseThrow();
        Swap swap = new Swap(current.since(), published, tally.firstReply(2).orElseThrow());
        say("Version 2 was staged, verified and swapped in. " + ROUTE + " now: " + glance() + ".");
        return swap;
    }

    private void rollBack(DemoReaders readers) throws InterruptedException {
        readers.allow(2);
        new ControllerClient(server.adminUri(), new ServerAccess(Map.of()))
                .rollback(DATASET, OptionalLong.empty(), "the demo shows it");
        await(readers, 2);
        say("Rolled back with one request. " + ROUTE + " again: " + glance() + ".");
    }

    /** Lets the readers read until a phase has had its share of the time. */
    private void readOn(DemoReaders readers, int phase) throws InterruptedException {
        Instant end = clock.instant().plus(reading.dividedBy(PHASES));
        await(readers, phase);
        Thread.sleep(Math.max(0, Duration.between(clock.instant(), end).toMillis()));
    }

    private static void await(DemoReaders readers, int phase) throws InterruptedException {
        if (!readers.await(phase, PATIENCE)) {
            throw new UnavailableException("The readers did not get to phase " + (phase + 1) + " of the demo within "
                    + PATIENCE.toSeconds() + " s. Is the machine very busy?");
        }
    }

    private void awaitFirstVersion() throws InterruptedException {
        Instant end = clock.instant().plus(PATIENCE);
        while (lookUp().status() != 200) {
            if (clock.instant().isAfter(end)) {
                throw new UnavailableException(
                        "Version 1 is not served after " + PATIENCE.toSeconds() + " s. Is the machine very busy?");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Reply lookUp() throws InterruptedException {
        try {
            return client.lookUp(ROUTE);
        } catch (IOException e) {
            throw new UnavailableException("No answer from " + server.readsUri() + ": " + e, e);
        }
    }

    /** A reply in a few words. */
    private String glance() throws InterruptedException {
        Reply reply = lookUp();
        return "version " + reply.version() + ", "
                + reply.values().get(ROUTE).path("flights").asLong() + " flights, "
                + "%.1f min late on average"
                        .formatted(reply.values().get(ROUTE).path("meanDelay").asDouble());
    }

    private static String figures(JobResult result) {
        return "%d flights read, %d routes written, %.1f s"
                .formatted(
                        result.recordsIn(),
                        result.recordsOut(),
                        result.duration().toMillis() / 1000.0);
    }

    private void say(String line) {
        step++;
        out.println(step + ". " + line);
        out.flush();
    }

    /**
     * How the second version got to readers.
     *
     * @param instant when it became current, by the catalog
     * @param published when it had been published
     * @param firstReply when its first reply came
     */
    private record Swap(Instant instant, Instant published, Instant firstReply) {

        @Override
        public String toString() {
            return "%s, %d ms after the version was published, %d ms before its first reply"
                    .formatted(
                            instant.truncatedTo(ChronoUnit.MILLIS),
                            millis(published, instant),
                            millis(instant, firstReply));
        }

        private static long millis(Instant from, Instant to) {
            return Math.max(0, Duration.between(from, to).toMillis());
        }
    }
}
