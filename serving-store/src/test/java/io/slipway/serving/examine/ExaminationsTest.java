package io.slipway.serving.examine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.canary.CanaryText;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.Failure;
import io.slipway.model.node.DataFindings.SampledChanges;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.DataQuestion.Sample;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node says about the records of versions that readers do not see. */
class ExaminationsTest {

    private static final String AIRPORTS = "airports";

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private TestNode node;
    private VersionId current;

    @BeforeEach
    void serveAVersion() {
        repository = new TestRepository(temporary.resolve("repository"));
        current = repository.publish(
                AIRPORTS, Map.of("LAX", "Los Angeles", "JFK", "Kennedy", "SFO", "San Francisco", "LHR", "Heathrow"));
        repository.swap(current);
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(current);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void canariesAreLookedUpInTheStagedVersionWhileReadersSeeTheOther() {
        VersionId next = staged(Map.of("LAX", "Los Angeles", "SFO", "Frisco"));

        DataFindings findings =
                ask(canaries(next, "LAX = \"Los Angeles\"; JFK exists; SFO = \"San Francisco\"; XXX absent"));

        assertThat(findings.failures())
                .containsExactly(
                        new Failure("JFK exists", "there is no such key"),
                        new Failure("SFO = \"San Francisco\"", "it is \"Frisco\""));
        assertThat(findings.changes()).isEmpty();
        assertThat(node.served(AIRPORTS)).isEqualTo(1);
    }

    @Test
    void aSampleOfBothSidesIsCompared() {
        VersionId next = staged(Map.of(
                "LAX",
                "Los Angeles",
                "LHR",
                "Heathrow",
                "SFO",
                "Frisco",
                "CDG",
                "Paris",
                "ORY",
                "Orly",
                "NCE",
                "Nice"));

        DataFindings findings = ask(comparison(next));

        assertThat(findings.changes()).hasValue(new SampledChanges(4, 1, 1, 6, 3));
        assertThat(findings.problem()).isEmpty();
    }

    @Test
    void valuesOfOtherSchemasAreComparedByTheFieldsThatBothHave() {
        Schema narrow = SchemaBuilder.record("V").fields().requiredInt("n").endRecord();
        Schema wide = SchemaBuilder.record("V")
                .fields()
                .requiredString("s")
                .requiredLong("n")
                .endRecord();
        VersionId one = publish(
                "numbers",
                TestRepository.STRING,
                narrow,
                Map.of("a", number(narrow, 1), "b", number(narrow, 2), "c", number(narrow, 3)));
        repository.swap(one);
        node.awaitServed(one);
        VersionId two = publish(
                "numbers",
                TestRepository.STRING,
                wide,
                Map.of("a", number(wide, 1), "b", number(wide, 3), "c", number(wide, 3)));
        repository.stage(two);
        node.awaitPhase(two, Phase.STAGED);

        assertThat(ask(new DataQuestion(two, List.of(), Optional.of(new Sample(one, 100))))
                        .changes())
                .hasValue(new SampledChanges(3, 0, 1, 3, 0));
    }

    private static Object number(Schema schema, long number) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        if (schema.getField("s") != null) {
            return record.set("s", "text").set("n", number).build();
        }
        return record.set("n", (int) number).build();
    }

    @Test
    void keysOfOtherTypesDoNotCompareWhichIsAnAnswer() {
        VersionId next = publish(AIRPORTS, Schema.create(Schema.Type.LONG), TestRepository.STRING, Map.of(1L, "one"));
        repository.stage(next);
        node.awaitPhase(next, Phase.STAGED);

        DataFindings findings = ask(comparison(next));

        assertThat(findings.changes()).isEmpty();
        assertThat(findings.problem()).contains("The key of version 1 of airports is [string]", "[long]");
    }

    @Test
    void aVersionThatIsNotStagedHereIsNotLookedInto() {
        VersionId unknown = new VersionId(current.dataset(), 7);

        assertThatThrownBy(() -> node.node().examine(canaries(unknown, "LAX exists")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("does not have version 7 of airports open");
        VersionId next = staged(Map.of("LAX", "Los Angeles"));
        assertThatThrownBy(() ->
                        node.node().examine(new DataQuestion(next, List.of(), Optional.of(new Sample(unknown, 100)))))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void damageOfTheNodesCopyIsNoAnswer() throws IOException {
        restartWithDamage();
        try (Snapshot shown = node.node().snapshots().pin()) {
            OpenVersion damaged = current(shown);
            DataQuestion question =
                    new DataQuestion(damaged.id(), List.of(), Optional.of(new Sample(damaged.id(), 1000)));

            assertThatThrownBy(() -> new Examiner(InstantSource.system(), Duration.ofSeconds(30))
                            .examine(question, damaged, Optional.of(damaged)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("copy of version 2 of airports is damaged");
        }
    }

    @Test
    void onceADamagedCopyIsRepairedThereIsAnAnswer() throws IOException {
        VersionId damaged = restartWithDamage();
        DataQuestion question = new DataQuestion(damaged, List.of(), Optional.of(new Sample(damaged, 1000)));
        List<DataFindings> answers = new ArrayList<>();
        List<UnavailableException> refusals = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    try {
                        node.node().examine(question).ifPresent(answers::add);
                    } catch (UnavailableException e) {
                        refusals.add(e);
                    }
                    return !answers.isEmpty();
                });
        assertThat(answers)
                .containsExactly(new DataFindings(List.of(), Optional.of(new SampledChanges(1000, 0, 0, 1000, 0)), ""));
        assertThat(refusals).as("the damage was met").isNotEmpty();
    }

    /** A node that serves a version of which its copy was damaged while it was down. */
    private VersionId restartWithDamage() throws IOException {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            many.put("key " + i, "value " + i);
        }
        VersionId version = publish(AIRPORTS, TestRepository.STRING, TestRepository.STRING, many);
        repository.swap(version);
        node.awaitServed(version);
        node.close();
        damage(temporary.resolve("data/datasets/airports/v2"));
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(version);
        return version;
    }

    @Test
    void askingDoesNotWaitAndTheSameQuestionIsAnsweredOnce() {
        VersionId next = staged(Map.of("LAX", "Los Angeles"));
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Snapshot shown = node.node().snapshots().pin()) {
            thread.execute(() -> awaitQuietly(go));
            OpenVersion version = current(shown);
            Examinations examinations = new Examinations(
                    id -> Optional.of(version).filter(OpenVersion::acquire), thread, InstantSource.system());
            DataQuestion question = canaries(next, "LAX exists");

            assertThat(examinations.ask(question)).isEmpty();
            assertThat(examinations.ask(question)).isEmpty();
            go.countDown();
            await().until(() -> examinations.ask(question).isPresent());
            DataFindings first = examinations.ask(question).orElseThrow();
            assertThat(examinations.ask(question).orElseThrow()).isSameAs(first);
            DataQuestion other = canaries(next, "LAX absent");
            await().until(() -> examinations.ask(other).isPresent());
            assertThat(examinations.ask(other).orElseThrow().failures()).hasSize(1);
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void aQuestionThatTakesTooLongHasTheAnswerThatItDid() {
        AtomicLong seconds = new AtomicLong();
        InstantSource hasty = () -> Instant.ofEpochSecond(seconds.getAndIncrement());
        VersionId next = staged(Map.of("LAX", "Los Angeles"));
        try (Snapshot shown = node.node().snapshots().pin()) {
            OpenVersion version = current(shown);
            DataFindings findings = new Examiner(hasty, Duration.ofSeconds(3))
                    .examine(
                            new DataQuestion(
                                    next,
                                    CanaryText.parse("LAX exists; JFK exists"),
                                    Optional.of(new Sample(current, 100))),
                            version,
                            Optional.of(version));

            assertThat(findings.failures()).isEmpty();
            assertThat(findings.changes()).isEmpty();
            assertThat(findings.problem()).contains("Looking took longer than 3 s", "gate.changed.sample");
        }
    }

    @Test
    void aVersionThatWasLookedIntoIsDeletedWhenNobodyWantsItAnyMore() {
        VersionId next = staged(Map.of("LAX", "Los Angeles"));
        ask(comparison(next));

        repository.force(next, VersionState.RETIRED);
        node.node().nudge();

        await().untilAsserted(() ->
                assertThat(temporary.resolve("data/datasets/airports/v2")).doesNotExist());
    }

    private VersionId staged(Map<String, String> records) {
        VersionId next = publish(AIRPORTS, TestRepository.STRING, TestRepository.STRING, records);
        repository.stage(next);
        node.awaitPhase(next, Phase.STAGED);
        return next;
    }

    private VersionId publish(String dataset, Schema keys, Schema values, Map<?, ?> records) {
        return repository.publish(dataset, keys, values, records, 2, UnaryOperator.identity());
    }

    private DataFindings ask(DataQuestion question) {
        return await().until(() -> node.node().examine(question), Optional::isPresent)
                .orElseThrow();
    }

    private static DataQuestion canaries(VersionId next, String text) {
        return new DataQuestion(next, CanaryText.parse(text), Optional.empty());
    }

    private DataQuestion comparison(VersionId next) {
        return new DataQuestion(next, List.of(), Optional.of(new Sample(current, 1000)));
    }

    private static OpenVersion current(Snapshot shown) {
        return shown.dataset(AIRPORTS).flatMap(dataset -> dataset.current()).orElseThrow();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void damage(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[200] ^= 1;
                Files.write(file, bytes);
            }
        }
    }
}
