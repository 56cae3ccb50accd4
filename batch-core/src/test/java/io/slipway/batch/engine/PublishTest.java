package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Aggregator;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.format.Csv;
import io.slipway.batch.format.CsvRow;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {

    record Route(String origin, String destination) {}

    record Flight(String date, int delay, int distance, String origin, String destination) {
        Route route() {
            return new Route(origin, destination);
        }
    }

    record Delays(long count, long sum) {}

    @TempDir
    Path folder;

    private final MemoryPublisher publisher = new MemoryPublisher(3);
    private Path input;
    private Path scratch;

    @BeforeEach
    void writeInput() throws IOException {
        scratch = folder.resolve("scratch");
        input = folder.resolve("flights.csv");
        Files.writeString(input, """
                date,delay,distance,origin,destination
                01010530,5,370,LAX,PHX
                01010600,7,370,LAX,PHX
                01010700,-2,100,AUS,DAL
                01010800,1,100,AUS,"D,L"
                """);
    }

    @Test
    void anAggregateIsPublishedAsAVersion() throws IOException {
        Job job = Job.named("route-delays");
        job.read(Csv.files(List.of(input)).as(Flight.class))
                .keyBy(Flight::route)
                .aggregate(delays())
                .publish(Publication.of("route-delays"));

        JobResult result = engine().run(job);

        assertThat(publisher.records.keySet()).containsExactly("AUS, D,L", "AUS, DAL", "LAX, PHX");
        assertThat(publisher.records.get("LAX, PHX")).hasToString("{\"count\": 2, \"sum\": 12}");
        assertThat(result.publications()).hasSize(1);
        assertThat(result.recordsIn()).isEqualTo(4);
        assertThat(result.recordsOut()).isEqualTo(3);
        assertThat(publisher.begun.get(0).job()).isEqualTo("route-delays");
        assertThat(publisher.begun.get(0).inputs()).singleElement().satisfies(file -> {
            assertThat(file.bytes()).isEqualTo(Files.size(input));
            assertThat(file.fingerprint()).hasSize(32);
        });
        assertThatScratchIsEmpty();
    }

    @Test
    void duplicateKeysFailTheJobNamingThem() throws IOException {
        assertThatThrownBy(() -> publishRows(Publication.of("flights")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("1 key occurs more than once in flights (2 records): 'LAX, PHX' 2 times."
                        + " Choose a longer --key, or --duplicates first or last.");
        assertThat(publisher.aborts).hasSize(1);
        assertThat(publisher.closed).isEqualTo(1);
        assertThatScratchIsEmpty();
    }

    @Test
    void theFirstOrTheLastOfDuplicatesStays() {
        publishRows(Publication.of("flights").withDuplicates(DuplicatePolicy.FIRST));
        assertThat(publisher.records.get("LAX, PHX")).hasToString("01010530");

        JobResult result = publishRows(Publication.of("flights").withDuplicates(DuplicatePolicy.LAST));
        assertThat(publisher.records.get("LAX, PHX")).hasToString("01010600");
        assertThat(result.publications().get(0).manifest().duplicates()).isEqualTo(1);
    }

    @Test
    void aRunThatIsCommittedIsNotDoneAgain() {
        Publication publication =
                Publication.of("flights").withDuplicates(DuplicatePolicy.LAST).withRunId(new RunId("nightly"));
        publishRows(publication);

        JobResult again = publishRows(publication);

        assertThat(again.recordsIn()).isZero();
        assertThat(again.publications()).hasSize(1);
    }

    @Test
    void putsAndDeletesOfADeltaPassTheShuffle() {
        publishDeletingFrom("LAX", Publication.of("flights").asDelta().withDuplicates(DuplicatePolicy.LAST));

        assertThat(publisher.records).containsEntry("LAX, PHX", "deleted");
        assertThat(publisher.records.entrySet())
                .as("puts")
                .anyMatch(record -> !record.getValue().equals("deleted"));
        assertThat(publisher.records)
                .allSatisfy((key, value) ->
                        assertThat(value.equals("deleted")).as(key).isEqualTo(key.startsWith("LAX")));
    }

    @Test
    void aDeleteInWhatIsNoDeltaFailsTheJob() {
        assertThatThrownBy(() ->
                        publishDeletingFrom("LAX", Publication.of("flights").withDuplicates(DuplicatePolicy.LAST)))
                .hasMessageContainingAll("flights", "not a delta");
        assertThat(publisher.records).isEmpty();
    }

    /** Publishes a put for each row, but a delete for those of one origin. */
    private void publishDeletingFrom(String origin, Publication publication) {
        Schema keySchema = Type.of(Route.class).schema();
        KeyCodec keys = KeyCodec.of(keySchema);
        Job job = Job.named("publish changes");
        Flow<CsvRow> rows = job.read(Csv.files(List.of(input)).rows());
        rows.publishEncoded(publication, keySchema, Schema.create(Schema.Type.STRING), (row, out) -> {
            byte[] key = keys.encode(List.of(row.text(3), row.text(4)));
            if (row.text(3).equals(origin)) {
                out.emitDelete(key, 0, key.length);
            } else {
                BinaryOut value = new BinaryOut();
                value.writeString(row.text(0));
                out.emit(key, value.toByteArray());
            }
        });
        engine().run(job);
    }

    private JobResult publishRows(Publication publication) {
        Schema keySchema = Type.of(Route.class).schema();
        KeyCodec keys = KeyCodec.of(keySchema);
        Job job = Job.named("publish flights");
        Flow<CsvRow> rows = job.read(Csv.files(List.of(input)).rows());
        rows.publishEncoded(publication, keySchema, Schema.create(Schema.Type.STRING), (row, out) -> {
            BinaryOut value = new BinaryOut();
            value.writeString(row.text(0));
            out.emit(keys.encode(List.of(row.text(3), row.text(4))), value.toByteArray());
        });
        return engine().run(job);
    }

    private static Aggregator<Flight, Delays, Delays> delays() {
        return Aggregator.of(
                () -> new Delays(0, 0),
                (delays, flight) -> new Delays(delays.count + 1, delays.sum + flight.delay),
                (left, right) -> new Delays(left.count + right.count, left.sum + right.sum),
                delays -> delays);
    }

    private EmbeddedEngine engine() {
        return EmbeddedEngine.builder()
                .memoryBytes(1 << 20)
                .scratch(scratch)
                .parallelism(2)
                .publisher(publisher)
                .build();
    }

    private void assertThatScratchIsEmpty() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
    }
}
