package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.Version;
import io.slipway.batch.format.TextLines;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that read records, on versions whose records are in topics. The dataset {@code k} came over Kafka, {@code s} as
 * files, both with the same two versions.
 */
class KafkaReadTest {

    private static final int ROWS = 300;

    @TempDir
    private static Path shared;

    private static KafkaFixture fixture;

    @TempDir
    private Path folder;

    private Path scratch;

    @BeforeAll
    static void publish() {
        fixture = new KafkaFixture(shared);
        Path first = fixture.file("1.csv", rows(0, "name "));
        Path second = fixture.file("2.csv", rows(5, "other "));
        for (Path input : List.of(first, second)) {
            fixture.publish("k", input, "--partitions", "3");
            fixture.publishFiles("s", input, "--partitions", "3");
        }
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("k", 2, VersionState.CURRENT);
            fixture.awaitState("s", 2, VersionState.CURRENT);
            assertThat(server.readsUri()).isNotNull();
        }
    }

    @BeforeEach
    void nameScratch() {
        scratch = folder.resolve("scratch");
    }

    @Test
    void bothRoutesGiveTheSameDiff() {
        for (String form : List.of("--json", "--full")) {
            Outcome overKafka = onTopics("diff", "k", "1", "2", form);
            Outcome ofFiles = onFiles("diff", "s", "1", "2", form);

            assertThat(overKafka.code()).as(overKafka.err()).isZero();
            assertThat(overKafka.out().replace("\"k\"", "\"s\"").replace("k, from", "s, from"))
                    .isEqualTo(ofFiles.out())
                    .isNotEmpty();
        }
        assertThat(onTopics("diff", "k", "1", "2", "--json").json().get("added").asLong())
                .isEqualTo(5);
        assertThatScratchIsEmpty();
    }

    @Test
    void theListOfAllDifferencesIsTheSame() throws IOException {
        Path overKafka = folder.resolve("k.jsonl");
        Path ofFiles = folder.resolve("s.jsonl");
        succeeds(onTopics("diff", "k", "1", "2", "--output", overKafka.toString()));
        succeeds(onFiles("diff", "s", "1", "2", "--output", ofFiles.toString()));

        assertThat(Files.readString(overKafka))
                .isEqualTo(Files.readString(ofFiles))
                .isNotEmpty();
    }

    @Test
    void overRestTheDiffIsThatOfTheCommand() throws Exception {
        try (AllInOne server = fixture.serve()) {
            URI uri = server.adminUri().resolve("/v1/datasets/k/diff?from=1&to=2");
            String reply = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();

            assertThat(new ObjectMapper().readTree(reply))
                    .isEqualTo(onTopics("diff", "k", "1", "2", "--json").json());
        }
        try (Stream<Path> left = Files.list(shared.resolve("node").resolve("comparisons"))) {
            assertThat(left).as("what was made for the answer").isEmpty();
        }
    }

    @Test
    void bothRoutesGiveTheSameExport() {
        for (String format : List.of("csv", "jsonl")) {
            Outcome overKafka = onTopics("export", "k", "2", "--format", format);

            succeeds(overKafka);
            assertThat(overKafka.out())
                    .isEqualTo(onFiles("export", "s", "2", "--format", format).out())
                    .hasLineCount(format.equals("csv") ? ROWS + 1 : ROWS);
        }
        assertThatScratchIsEmpty();
    }

    @Test
    void bothRoutesVerifyTheSameContent() {
        for (List<String> depth : List.of(List.<String>of(), List.of("--deep"))) {
            String[] arguments = Stream.concat(Stream.of("1"), depth.stream()).toArray(String[]::new);
            Outcome overKafka = onTopics("verify", "k", arguments);
            Outcome ofFiles = onFiles("verify", "s", arguments);

            succeeds(overKafka);
            assertThat(overKafka.out().replace("of k", "of s").replaceAll("bytes [0-9,]+", "bytes N"))
                    .isEqualTo(ofFiles.out().replaceAll("bytes [0-9,]+", "bytes N"))
                    .contains("is sound", "files 3", "records " + ROWS);
        }
        assertThatScratchIsEmpty();
    }

    @Test
    void bothRoutesGiveTheSameValue() {
        Outcome current = onTopics("get", "k", "key-007");
        succeeds(current);
        assertThat(current.out())
                .isEqualTo(onFiles("get", "s", "key-007").out())
                .contains("other 7");
        assertThat(onTopics("get", "k", "key-007", "--at", "1").out()).contains("name 7");
        assertThat(onTopics("get", "k", "key-999").err()).contains("There is no key key-999 in version 2 of k.");
    }

    @Test
    void withoutAClusterTheErrorSaysSo() {
        String topic = fixture.topic("k", 1);
        for (List<String> command : List.of(
                List.of("diff", "k", "1", "2"),
                List.of("export", "k", "1", "--format", "csv"),
                List.of("verify", "k", "1"),
                List.of("get", "k", "key-001", "--at", "1"))) {
            Outcome outcome = onFiles(
                    command.get(0),
                    command.get(1),
                    command.subList(2, command.size()).toArray(String[]::new));
            assertThat(outcome.code()).as("%s", command).isEqualTo(Failures.FAILED);
            assertThat(outcome.err().lines())
                    .as("%s", command)
                    .singleElement()
                    .asString()
                    .contains("The records of version 1 of k are in the topic " + topic, "--kafka HOST:PORT");
        }
    }

    @Test
    void aClusterIsNotAskedForVersionsOfFiles() {
        succeeds(run("diff", "s", List.of("--kafka", "127.0.0.1:1"), "1", "2"));
    }

    @Test
    void aTopicThatIsGoneIsSaid() {
        KafkaFixture other = new KafkaFixture(folder);
        other.publish("k", other.file("1.csv", rows(0, "name ")));
        try (AllInOne server = other.serve()) {
            other.awaitState("k", 1, VersionState.CURRENT);
            assertThat(server.readsUri()).isNotNull();
        }
        try (KafkaCluster cluster = new KafkaCluster(other.settings())) {
            cluster.deleteTopics(List.of(other.topic("k", 1)));
        }
        await().atMost(KafkaFixture.PATIENCE).until(() -> !other.hasTopic("k", 1));

        List<String> arguments = new ArrayList<>(List.of("verify", "k", "1"));
        arguments.addAll(List.of("--repository", other.repository().toString()));
        arguments.addAll(other.cluster());
        Outcome outcome = PublishFixture.execute(arguments.toArray(String[]::new));

        assertThat(outcome.code()).isEqualTo(Failures.FAILED);
        assertThat(outcome.err())
                .contains(other.topic("k", 1) + " is damaged (whole topic): expected a topic, found none.")
                .contains("version 1 of k is damaged. Publish it again.");
    }

    @Test
    void aJobReadsAVersionThatCameOverKafka() throws IOException {
        Path overKafka = folder.resolve("k");
        Path ofFiles = folder.resolve("s");
        List<String> cluster = new ArrayList<>(fixture.cluster());
        cluster.addAll(List.of("--scratch", scratch.toString()));

        succeeds(job(cluster, "k", overKafka));
        succeeds(job(List.of(), "s", ofFiles));
        assertThat(lines(overKafka)).hasSize(ROWS).containsExactlyElementsOf(lines(ofFiles));
        assertThatScratchIsEmpty();

        Outcome refused = job(List.of(), "k", folder.resolve("none"));
        assertThat(refused.code()).isEqualTo(Failures.FAILED);
        assertThat(refused.err()).contains("The records of version 2 of k are in the topic", "--kafka HOST:PORT");
    }

    @Test
    void aDeltaOverKafkaIsCompactedOverKafka() {
        KafkaFixture own = new KafkaFixture(folder);
        Path changes = own.file("delta.csv", "id,name,count,gone", "key-001,changed,9,", "key-002,,,true");
        own.publish("k", own.file("1.csv", rows(0, "name ")), "--partitions", "2");
        try (AllInOne server = own.serve()) {
            own.awaitState("k", 1, VersionState.CURRENT);
            await().atMost(KafkaFixture.PATIENCE)
                    .until(() -> own.publish("k", changes, "--delta", "--delete-marker", "gone")
                                    .code()
                            == 0); // The base is known as soon as the controller has told of it.
            own.awaitState("k", 2, VersionState.CURRENT);
            Outcome ofDelta = run(own, "export", "2", "--format", "csv");
            assertThat(ofDelta.out()).contains("key-001,changed,9").doesNotContain("key-002");
            assertThat(run(own, "get", "key-001").out()).contains("changed");
            assertThat(run(own, "diff", "1", "2", "--json")
                            .json()
                            .get("removed")
                            .asLong())
                    .isEqualTo(1);
            succeeds(run(own, "verify", "2", "--deep"));

            Outcome compacted = run(own, "compact", "--json");
            succeeds(compacted);
            assertThat(compacted.json().get("route").asText()).isEqualTo("kafka");
            assertThat(run(own, "compact", "2", "--json").out()).isEqualTo(compacted.out());
            own.awaitState("k", 3, VersionState.CURRENT);
            assertThat(run(own, "export", "3", "--format", "csv").out()).isEqualTo(ofDelta.out());
            assertThat(own.get(server, "k", "key-002").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void compactingOverKafkaHeedsWhatIsNewerInTheLedger() {
        KafkaFixture own = new KafkaFixture(folder);
        Path changes = own.file("delta.csv", "id,name,count,gone", "key-001,changed,9,");
        own.publish("k", own.file("1.csv", rows(0, "name ")));
        try (AllInOne server = own.serve()) {
            own.awaitState("k", 1, VersionState.CURRENT);
            await().atMost(KafkaFixture.PATIENCE)
                    .until(() -> own.publish("k", changes, "--delta", "--delete-marker", "gone")
                                    .code()
                            == 0);
            own.awaitState("k", 2, VersionState.CURRENT);
            assertThat(server.readsUri()).isNotNull();
        }
        Manifest delta;
        try (OpenRepository opened = OpenRepository.of(own.repository())) {
            delta = opened.repository()
                    .committed(new VersionId(new DatasetName("k"), 2))
                    .manifest();
        }
        try (KafkaTarget target = KafkaTarget.connect(own.settings());
                PublishSession other = target.publisher()
                        .begin(Publication.of("k")
                                .withRunId(new RunId("another"))
                                .withSchemas(delta.keySchema(), delta.valueSchema()))) {
            Outcome refused = run(own, "compact", "2");
            assertThat(refused.code()).isEqualTo(Failures.FAILED);
            assertThat(refused.err()).contains("The newer version 3 of k is current or may become it");

            other.abort("not wanted");
        }
        succeeds(run(own, "compact", "2"));
        assertThat(PublishFixture.execute(
                                "compact", "k", "--repository", own.repository().toString())
                        .err())
                .contains("The dataset k is published over kafka. Name the cluster with --kafka HOST:PORT.");
    }

    @Test
    void overRestReadingATopicTakesNoLongerThanTheLimit() {
        AtomicLong seconds = new AtomicLong();
        InstantSource slow = () -> Instant.ofEpochSecond(seconds.getAndAdd(20));
        BoundedComparison.Limits limits = new BoundedComparison.Limits(10_000, Duration.ofSeconds(10), 5);
        try (OpenRepository opened = OpenRepository.of(fixture.repository());
                BoundedComparison comparison =
                        new BoundedComparison(opened, Optional.of(fixture.settings()), scratch, limits, slow)) {
            assertThatThrownBy(() -> comparison.compare(new DatasetName("k"), 1, 2, 5))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("more than 10 s", "slipway diff k 1 2");
        }
        assertThatScratchIsEmpty();
    }

    private static Outcome run(KafkaFixture own, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "k"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--repository", own.repository().toString()));
        all.addAll(own.cluster());
        return PublishFixture.execute(all.toArray(String[]::new));
    }

    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream().sorted().toList();
    }

    /** A job that lists what a dataset's current version has. */
    public static final class ListKeys implements JobDefinition {

        /** The definition, which has no state. */
        public ListKeys() {}

        @Override
        public String name() {
            return "list-keys";
        }

        @Override
        public String description() {
            return "Lists keys.";
        }

        @Override
        public List<JobOption> options() {
            return List.of(
                    JobOption.required("dataset", "NAME", "What to read."),
                    JobOption.required("output", "FOLDER", "Where to list them."));
        }

        @Override
        public Job create(JobArguments arguments) {
            Job job = Job.named(name());
            job.read(Version.current(arguments.text("dataset")).as(String.class, Value.class))
                    .map((key, value) -> key + " " + value.name())
                    .write(TextLines.to(arguments.path("output")));
            return job;
        }
    }

    /** What the job reads of a value. */
    public record Value(String name, long count) {}

    private static Outcome job(List<String> options, String dataset, Path output) {
        List<String> all = new ArrayList<>(List.of("run", ListKeys.class.getName(), "--dataset", dataset));
        all.addAll(List.of("--output", output.toString()));
        all.addAll(List.of("--repository", fixture.repository().toString()));
        all.addAll(options);
        return PublishFixture.execute(all.toArray(String[]::new));
    }

    private static String[] rows(int from, String name) {
        return Stream.concat(
                        Stream.of("id,name,count"),
                        IntStream.range(from, from + ROWS)
                                .map(i -> from + (i - from) * 7 % ROWS)
                                .mapToObj(i -> String.format("key-%03d,%s%d,%d", i, i % 2 == 0 ? "same " : name, i, i)))
                .toArray(String[]::new);
    }

    private Outcome onTopics(String command, String dataset, String... arguments) {
        List<String> options = new ArrayList<>(fixture.cluster());
        options.addAll(List.of("--scratch", scratch.toString()));
        return run(command, dataset, options, arguments);
    }

    private static Outcome onFiles(String command, String dataset, String... arguments) {
        return run(command, dataset, List.of(), arguments);
    }

    private static Outcome run(String command, String dataset, List<String> options, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, dataset));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--repository", fixture.repository().toString()));
        all.addAll(options);
        return PublishFixture.execute(all.toArray(String[]::new));
    }

    private static void succeeds(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private void assertThatScratchIsEmpty() {
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
