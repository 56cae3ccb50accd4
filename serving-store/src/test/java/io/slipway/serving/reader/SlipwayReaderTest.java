package io.slipway.serving.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reader inside a process has beyond the contract of all readers. */
class SlipwayReaderTest {

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private NodeSettings settings;

    @BeforeEach
    void create() {
        repository = new TestRepository(temporary.resolve("repository"));
        settings = TestNode.settings(temporary.resolve("data"));
    }

    @Test
    void aSnapshotStaysAsItIsOverSwaps() {
        VersionId left = repository.publish("left", Map.of("a", "1"));
        VersionId right = repository.publish("right", Map.of("a", "1"));
        VersionId nextLeft = repository.publish("left", Map.of("a", "2"));
        VersionId nextRight = repository.publish("right", Map.of("a", "2"));
        repository.swap(left, right);
        try (SlipwayReader reader = open()) {
            DatasetReader current = reader.dataset("left");
            ReadSnapshot snapshot = reader.snapshot();
            try (snapshot) {
                repository.swap(nextLeft, nextRight);
                awaitVersion(current, 2);
                assertThat(snapshot.dataset("left").get("a", String.class)).hasValue("1");
                assertThat(snapshot.dataset("right").get("a", String.class)).hasValue("1");
                assertThat(current.get("a", String.class)).hasValue("2");
                assertThat(current.at(1).get("a", String.class)).hasValue("1");
            }
            assertThatThrownBy(() -> snapshot.dataset("left").get("a")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aScanKeepsItsVersionOpenUntilItIsClosed() {
        VersionId first = repository.publish("pages", Map.of("a", "1", "b", "1", "c", "1"));
        VersionId second = repository.publish("pages", Map.of("a", "2"));
        repository.swap(first);
        try (SlipwayReader reader = open()) {
            DatasetReader pages = reader.dataset("pages");
            try (Scan<String> scan = pages.scan(ScanRange.all(), String.class)) {
                assertThat(scan.next()).isEqualTo(new KeyedValue<>("a", "1"));
                repository.swap(second);
                awaitVersion(pages, 2);
                repository.force(first, io.slipway.model.catalog.VersionState.RETIRED);
                reader.refresh();
                reader.refresh();
                assertThatThrownBy(() -> pages.at(1).get("a")).isInstanceOf(NotFoundException.class);
                assertThat(scan.version()).isEqualTo(1);
                assertThat(scan.next()).isEqualTo(new KeyedValue<>("b", "1"));
                assertThat(scan.next()).isEqualTo(new KeyedValue<>("c", "1"));
                assertThat(scan.hasNext()).isFalse();
            }
            Path folder = settings.dataFolder().resolve("datasets/pages/v1");
            await().atMost(Duration.ofSeconds(10)).until(() -> !java.nio.file.Files.exists(folder));
        }
    }

    @Test
    void listenersAreToldOfSwaps() {
        VersionId first = repository.publish("pages", Map.of("a", "1"));
        VersionId second = repository.publish("pages", Map.of("a", "2"));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (SlipwayReader reader = open()) {
            reader.onSwap((current, before) -> {
                throw new IllegalStateException("a listener that fails");
            });
            reader.onSwap(
                    (current, before) -> told.add(before.map(VersionId::number).orElse(0L) + " to " + current + " "
                            + reader.dataset("pages").get("a", String.class).orElseThrow()));
            repository.swap(first);
            awaitVersion(reader.dataset("pages"), 1);
            repository.swap(second);
            awaitVersion(reader.dataset("pages"), 2);
            repository.swap(first);
            awaitVersion(reader.dataset("pages"), 1);
            await().until(() -> told.size() == 3);
        }
        assertThat(told).containsExactly("0 to " + first + " 1", "1 to " + second + " 2", "2 to " + first + " 1");
    }

    @Test
    void onlyTheDatasetsThatAreNamedAreStaged() {
        VersionId wanted = repository.publish("wanted", Map.of("a", "1"));
        VersionId other = repository.publish("other", Map.of("a", "1"));
        repository.swap(wanted, other);
        settings = settings.withDatasets(new DatasetName("wanted"));
        try (SlipwayReader reader = open()) {
            assertThat(reader.dataset("wanted").get("a", String.class)).hasValue("1");
            assertThatThrownBy(() -> reader.dataset("other").get("a"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("[wanted]");
            assertThat(settings.dataFolder().resolve("datasets/other")).doesNotExist();
        }
    }

    @Test
    void whatWasServedLastIsServedAgainWithoutTheRepository() {
        VersionId first = repository.publish("pages", Map.of("a", "1"));
        repository.swap(first);
        open().close();
        try (SlipwayReader reader = SlipwayReader.open(temporary.resolve("another"), settings)) {
            assertThat(reader.dataset("pages").get("a", String.class)).hasValue("1");
        }
    }

    @Test
    void waitingInVainSaysWhatIsMissing() throws java.io.IOException {
        VersionId first = repository.publish("pages", Map.of("a", "1"));
        repository.swap(first);
        java.nio.file.Files.delete(repository.firstFile(first));
        try (SlipwayReader reader = SlipwayReader.open(repository.storage(), settings)) {
            assertThatThrownBy(() -> reader.awaitReady(Duration.ofMillis(300)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("pages");
        }
    }

    /** Fewer fields than the schema, one more, and in another order. */
    @SuppressWarnings("ArrayRecordComponent") // As a caller might write it.
    record Delays(
            List<Leg> legs,
            double mean,
            LocalDate day,
            Instant measured,
            BigDecimal cost,
            Kind kind,
            Map<String, Long> counts,
            byte[] raw,
            Optional<String> note,
            Optional<String> none,
            Optional<Integer> later) {}

    record Leg(String from, int minutes) {}

    enum Kind {
        CARGO,
        PEOPLE
    }

    record Wrong(int note) {}

    @Test
    void valuesAreMadeIntoJavaRecords() {
        Schema leg = SchemaBuilder.record("Leg")
                .fields()
                .requiredString("from")
                .requiredInt("minutes")
                .endRecord();
        Schema schema = SchemaBuilder.record("Delays")
                .fields()
                .requiredDouble("mean")
                .name("legs")
                .type(Schema.createArray(leg))
                .noDefault()
                .name("day")
                .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
                .noDefault()
                .name("measured")
                .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault()
                .name("cost")
                .type(LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES)))
                .noDefault()
                .name("kind")
                .type(Schema.createEnum("Kind", null, null, List.of("CARGO", "PEOPLE")))
                .noDefault()
                .name("counts")
                .type(Schema.createMap(Schema.create(Schema.Type.LONG)))
                .noDefault()
                .requiredBytes("raw")
                .optionalString("note")
                .optionalString("none")
                .requiredString("unused")
                .endRecord();
        GenericData.Record first = new GenericData.Record(leg);
        first.put("from", "LAX");
        first.put("minutes", 12);
        GenericData.Record value = new GenericData.Record(schema);
        value.put("mean", Double.NaN);
        value.put("legs", List.of(first));
        value.put("day", 20_000);
        value.put("measured", 1_700_000_000_123L);
        value.put("cost", ByteBuffer.wrap(new byte[] {4, -46}));
        value.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "PEOPLE"));
        value.put("counts", Map.of("a", 5L));
        value.put("raw", ByteBuffer.wrap(new byte[] {1, 2, 0}));
        value.put("note", "late");
        value.put("unused", "");
        VersionId version = repository.publish(
                "delays", TestRepository.STRING, schema, Map.of("LAX-PHX", value), 1, manifest -> manifest);
        repository.swap(version);
        try (SlipwayReader reader = open()) {
            DatasetReader delays = reader.dataset("delays");
            Delays found = delays.get("LAX-PHX", Delays.class).orElseThrow();
            assertThat(found)
                    .usingRecursiveComparison()
                    .withEqualsForType(Double::equals, Double.class)
                    .isEqualTo(new Delays(
                            List.of(new Leg("LAX", 12)),
                            Double.NaN,
                            LocalDate.of(2024, 10, 4),
                            Instant.ofEpochMilli(1_700_000_000_123L),
                            new BigDecimal("12.34"),
                            Kind.PEOPLE,
                            Map.of("a", 5L),
                            new byte[] {1, 2, 0},
                            Optional.of("late"),
                            Optional.empty(),
                            Optional.empty()));
            assertThat(delays.batchGet(List.of("none", "LAX-PHX"), Delays.class).found())
                    .extracting(record -> record.value().kind())
                    .containsExactly(Kind.PEOPLE);
            assertThat(delays.get("LAX-PHX", GenericRecord.class)
                            .orElseThrow()
                            .get("note")
                            .toString())
                    .isEqualTo("late");
            assertThatThrownBy(() -> delays.get("LAX-PHX", Wrong.class))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Wrong");
        }
    }

    private SlipwayReader open() {
        return SlipwayReader.open(repository.storage(), settings).awaitReady(Duration.ofSeconds(20));
    }

    private static void awaitVersion(DatasetReader reader, long version) {
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(reader.version().number()).isEqualTo(version));
    }
}
