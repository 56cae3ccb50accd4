package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.format.TextLines;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a job of many stages with SIGKILL, again and again, and runs it again under its run id until it is done. */
class ResumeKillTest {

    private static final int FILES = 16;
    private static final int LINES = 20_000;
    private static final int GROUPS = 500;
    private static final Pattern TASK = Pattern.compile("\"event\":\"taskFinished\"");
    private static final Pattern RESUMED = Pattern.compile("\"event\":\"resumed\"");

    private static final String NIGHT = "night";
    private static final int LOOK_EVERY_MILLIS = 5;

    @TempDir
    private Path folder;

    private Path input;
    private Path scratch;
    private int tasksRun;
    private int timesResumed;

    /** Counts, sorts, joins, and publishes twice. */
    public static final class CountSortJoin implements JobDefinition {

        /** The definition, which has no state. */
        public CountSortJoin() {}

        @Override
        public String name() {
            return "count-sort-join";
        }

        @Override
        public String description() {
            return "Has a shuffle of every kind.";
        }

        @Override
        public List<JobOption> options() {
            return List.of(JobOption.repeated("input", "FILE", "Lines that begin with a group."));
        }

        @Override
        public Job create(JobArguments arguments) {
            Job job = Job.named(name());
            Flow<String> lines = job.read(TextLines.files(arguments.paths("input")));
            KeyedFlow<String, Long> counts = lines.keyBy(CountSortJoin::group).count();
            counts.publish(arguments.publication("counts").withPartitions(4));
            lines.sortedBy(line -> line)
                    .keyBy(CountSortJoin::group)
                    .join(counts, (line, count) -> line + " of " + count)
                    .map((group, text) -> text)
                    .keyBy(text -> text)
                    .mapValues(String::length)
                    .publish(arguments.publication("texts").withPartitions(6));
            return job;
        }

        private static String group(String line) {
            return line.substring(0, line.indexOf(' '));
        }
    }

    @BeforeEach
    void writeInput() throws IOException {
        scratch = folder.resolve("scratch");
        input = Files.createDirectory(folder.resolve("input"));
        for (int file = 0; file < FILES; file++) {
            try (BufferedWriter writer = Files.newBufferedWriter(input.resolve("part-" + file))) {
                for (int i = 0; i < LINES; i++) {
                    int number = i * 7919 % LINES;
                    writer.write("g" + number % GROUPS + " line " + number + " of " + file + "\n");
                }
            }
        }
    }

    @Test
    void aKilledRunIsTakenUpUntilItIsDone() {
        Path whole = folder.resolve("whole");
        assertThat(run(whole, "whole", Integer.MAX_VALUE)).isTrue();
        int tasks = tasksRun;
        tasksRun = 0;
        Path repository = folder.resolve("killed");

        killAfter(tasks / 6, repository);
        killAfter(tasks / 3, repository);
        assertThat(run(repository, NIGHT, Integer.MAX_VALUE)).isTrue();

        assertThat(timesResumed).isEqualTo(2);
        assertThat(tasksRun).isLessThan(tasks + tasks / 2);
        for (String dataset : List.of("counts", "texts")) {
            assertThat(digests(repository, dataset))
                    .isEqualTo(digests(whole, dataset))
                    .hasSize(1);
        }
        assertThat(keptFolders()).isEmpty();
    }

    @Test
    @Tag("long")
    void aRunThatIsKilledAtFiftyRandomMomentsGivesTheSameVersions() {
        killAtRandomMoments(50, System.nanoTime());
    }

    private void killAtRandomMoments(int moments, long seed) {
        System.out.println("Seed " + seed);
        Random random = new Random(seed);
        Path whole = folder.resolve("whole");
        int wholeMillis = millisOf(
                () -> assertThat(run(whole, "whole", Integer.MAX_VALUE)).isTrue());
        int tasks = tasksRun;
        tasksRun = 0;
        int kills = 0;
        int rounds = 0;
        while (kills < moments) {
            Path repository = folder.resolve("killed-" + rounds++);
            boolean done = false;
            while (!done) {
                int millis = kills < moments ? random.nextInt(wholeMillis / 5, wholeMillis) : Integer.MAX_VALUE;
                done = run(repository, "night-" + rounds, millis);
                kills += done ? 0 : 1;
            }
            for (String dataset : List.of("counts", "texts")) {
                assertThat(digests(repository, dataset))
                        .as("versions of %s, round %d", dataset, rounds)
                        .isEqualTo(digests(whole, dataset))
                        .hasSize(1);
            }
        }
        int redone = tasksRun - rounds * tasks;
        System.out.printf(
                "%d kills, %d rounds of %d tasks, %d times resumed: %d tasks redone, %.2f of a run for each kill%n",
                kills, rounds, tasks, timesResumed, redone, (double) redone / tasks / kills);
        assertThat(timesResumed).isPositive();
        assertThat(redone).isLessThan(tasks * kills / 2);
        assertThat(keptFolders()).isEmpty();
    }

    /** Runs the job, and kills it when it has told of so many tasks. */
    private void killAfter(int tasks, Path repository) {
        try (SlipwayProcess process = start(repository, NIGHT)) {
            while (count(TASK, process.output()) < tasks) {
                assertThat(process.awaitEnd(LOOK_EVERY_MILLIS))
                        .as("whether the job has ended before it was killed")
                        .isFalse();
            }
            process.kill();
            tally(process.output());
        }
    }

    /** Runs the job, and kills it after so many milliseconds; returns whether it was done before. */
    private boolean run(Path repository, String runId, int millis) {
        try (SlipwayProcess process = start(repository, runId)) {
            boolean ended = millis == Integer.MAX_VALUE ? process.exitCode() == 0 : process.awaitEnd(millis);
            process.kill();
            String output = process.output();
            tally(output);
            assertThat(ended && process.exitCode() != 0).as(output).isFalse();
            return ended;
        }
    }

    private SlipwayProcess start(Path repository, String runId) {
        return SlipwayProcess.start(
                folder,
                "run",
                CountSortJoin.class.getName(),
                "--repository",
                repository.toString(),
                "--input",
                input.toString(),
                "--run-id",
                runId,
                "--memory",
                "32m",
                "--scratch",
                scratch.toString(),
                "--progress",
                "json");
    }

    private void tally(String output) {
        tasksRun += count(TASK, output);
        timesResumed += count(RESUMED, output);
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().map(MatchResult::start).count();
    }

    private static int millisOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (int) Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private static List<Digest> digests(Path repository, String dataset) {
        List<Digest> digests = new ArrayList<>();
        Set<VersionState> unseen = Set.of(VersionState.CLAIMED, VersionState.ABORTED);
        try (OpenRepository opened = OpenRepository.of(repository)) {
            for (VersionView version : opened.views().of(new DatasetName(dataset))) {
                if (!unseen.contains(version.state())) {
                    digests.add(opened.repository()
                            .committed(version.version())
                            .manifest()
                            .digest());
                }
            }
        }
        return digests;
    }

    private List<Path> keptFolders() {
        try (Stream<Path> kept = Files.list(scratch.resolve("slipway-runs"))) {
            return kept.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
