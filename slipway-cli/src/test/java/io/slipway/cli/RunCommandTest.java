package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.format.TextLines;
import io.slipway.cli.PublishFixture.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    @TempDir
    private Path folder;

    private PublishFixture fixture;
    private String input;

    /** A job that counts lines. */
    public static final class CountLines implements JobDefinition {

        /** The definition, which has no state. */
        public CountLines() {}

        @Override
        public String name() {
            return "count-lines";
        }

        @Override
        public String description() {
            return "Counts equal lines, 100% of them.";
        }

        @Override
        public List<JobOption> options() {
            return List.of(
                    JobOption.repeated("input", "FILE", "What to count."),
                    JobOption.optional("dataset", "NAME", "d", "What to publish to."),
                    JobOption.optional("limit", "N", "How many."));
        }

        @Override
        public Job create(JobArguments arguments) {
            Job job = Job.named(name());
            job.read(TextLines.files(arguments.paths("input")))
                    .keyBy(line -> line)
                    .count()
                    .publish(arguments.publication(arguments.text("dataset")));
            arguments.optionalText("limit").ifPresent(limit -> job.parameter("limit", arguments.number("limit")));
            return job;
        }
    }

    @BeforeEach
    void createFixture() {
        fixture = new PublishFixture(folder);
        input = fixture.file("a.txt", "x", "y", "x").toString();
    }

    @Test
    void aJobOfAClassPublishesUnderTheRunId() {
        Outcome first = run("--input", input, "--run-id", "night-1", "--json");
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        JsonNode json = first.json();
        assertThat(json.get("job").asText()).isEqualTo("count-lines");
        assertThat(json.get("recordsIn").asLong()).isEqualTo(3);
        assertThat(json.get("versions").get(0).get("records").asLong()).isEqualTo(2);
        assertThat(fixture.get(1, "x")).isEqualTo("2");
        Outcome second = run("--input", input, "--run-id", "night-1", "--json");
        assertThat(second.json().get("versions")).isEqualTo(json.get("versions"));
        assertThat(fixture.committed()).hasSize(1);
    }

    @Test
    void optionsTakeSeveralValuesAndEqualsSigns() {
        Outcome outcome = run("--input", input, input, "--input=" + input, "--dataset=d");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("9 records in", "Published version 1 of d");
    }

    @Test
    void theSummaryTellsWhatEachStageDid() {
        Outcome people = run("--input", input);
        assertThat(people.out()).contains("spilled MiB", "read a.txt, keyBy", "task 0: ");
        JsonNode stages = run("--input", input, "--json").json().get("stages");
        assertThat(stages).hasSize(2);
        assertThat(stages.get(0).get("records").asLong()).isEqualTo(3);
        assertThat(stages.get(0).get("largestTask").get("attempts").asInt()).isEqualTo(1);
        assertThat(stages.get(1).get("records").asLong()).isEqualTo(2);
    }

    @Test
    void theSummaryTellsWhatWasWritten() {
        String[] ranking = {
            "run",
            "page-ranking",
            "--repository",
            fixture.repository().toString(),
            "--output",
            folder.resolve("ranking").toString(),
            "--json"
        };

        Outcome people = PublishFixture.execute(Arrays.copyOf(ranking, ranking.length - 1));
        JsonNode written = PublishFixture.execute(ranking).json().get("written").get(0);

        assertThat(people.out()).containsPattern("Wrote .*ranking: records 62, files \\d+, bytes");
        assertThat(written.get("folder").asText()).endsWith("ranking");
        assertThat(written.get("records").asLong()).isEqualTo(62);
    }

    @Test
    void programsGetEventsALine() throws IOException {
        Outcome outcome = run("--input", input, "--progress", "json");
        List<String> events = new ArrayList<>();
        for (String line : outcome.err().lines().toList()) {
            events.add(new ObjectMapper().readTree(line).get("event").asText());
        }
        assertThat(events)
                .containsSubsequence(
                        "stageStarted",
                        "taskFinished",
                        "stageFinished",
                        "stageStarted",
                        "taskFinished",
                        "stageFinished");
        assertUsage(run("--input", input, "--progress", "dance"), "'dance'", "bar or json");
    }

    @Test
    void theHelpShowsTheJobsOptions() {
        Outcome outcome = PublishFixture.execute("run", CountLines.class.getName(), "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("--memory", "100% of them", "--input=FILE...", "Required", "Default: d");
    }

    @Test
    void theExamplesAreListed() {
        Outcome outcome = PublishFixture.execute("run", "--list");
        assertThat(outcome.out())
                .contains(
                        "route-delays",
                        "airport-recommendations",
                        "page-popularity",
                        "viewer-activity",
                        "page-ranking");
    }

    @Test
    void wrongUsageIsRefusedWithTheJobsOptions() {
        assertUsage(run("--inputs", input), "--inputs", "--input=FILE");
        assertUsage(run("--dataset", "d"), "--input is missing");
        assertUsage(run("--input"), "--input has no value");
        assertUsage(run("--input", input, "--dataset", "d", "--dataset", "e"), "--dataset is given 2 times");
        assertUsage(PublishFixture.execute("run"), "Which job", "page-popularity");
    }

    @Test
    void jobsThatAreNotThereAreRefused() {
        assertRefused(PublishFixture.execute("run", "nope"), "'nope'", "page-popularity", "--jar");
        assertRefused(PublishFixture.execute("run", "nope", "--jar", "none.jar"), "none.jar");
        assertRefused(PublishFixture.execute("run", "java.lang.String"), "java.lang.String", "JobDefinition");
        assertRefused(run("--input", folder.resolve("none.txt").toString()), "none.txt does not exist");
        assertRefused(
                PublishFixture.execute("run", CountLines.class.getName(), "--input", input),
                "publishes d",
                "publisher");
    }

    private Outcome run(String... options) {
        String[] fixed = {
            "run",
            CountLines.class.getName(),
            "--repository",
            fixture.repository().toString(),
            "--scratch",
            folder.resolve("scratch").toString()
        };
        return PublishFixture.execute(
                java.util.stream.Stream.concat(java.util.Arrays.stream(fixed), java.util.Arrays.stream(options))
                        .toArray(String[]::new));
    }

    private static void assertUsage(Outcome outcome, String... parts) {
        assertThat(outcome.err()).startsWith("slipway: ").contains(parts).doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(2);
    }

    private static void assertRefused(Outcome outcome, String... parts) {
        assertThat(outcome.err()).startsWith("slipway: ").contains(parts).doesNotContain("\tat ");
        assertThat(outcome.err().lines().count()).isEqualTo(1);
        assertThat(outcome.code()).isEqualTo(1);
    }
}
