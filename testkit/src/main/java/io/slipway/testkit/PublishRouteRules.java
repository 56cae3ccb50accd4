package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of the publish contract that is about what is refused before any data is written, and what is chosen. */
abstract class PublishRouteRules extends PublishRouteRaces {

    private static final long GIGABYTE = 1L << 30;

    @Test
    void aValueSchemaThatReadersCannotReadIsRefusedAtBegin() {
        route().makeCurrent(publish("run-1", sample(1)));
        Schema changed = new Schema.Parser().parse("""
                {"type": "record", "name": "Sample", "fields": [
                  {"name": "count", "type": "string"},
                  {"name": "score", "type": ["null", "double"]},
                  {"name": "text", "type": "string"}]}""");
        assertRefused(publication("run-2").withSchemas(SampleRecords.TEXT_KEY, changed), "count");
        assertThat(publish("run-3", sample(3)).manifest().version().number())
                .as("the refused one took no number")
                .isEqualTo(2);
    }

    @Test
    void aValueSchemaThatReadersCanReadIsTaken() {
        route().makeCurrent(publish("run-1", sample(1)));
        Schema wider = new Schema.Parser().parse("""
                {"type": "record", "name": "Sample", "fields": [
                  {"name": "count", "type": "long"},
                  {"name": "score", "type": ["null", "double"]},
                  {"name": "text", "type": "string"},
                  {"name": "added", "type": ["null", "long"], "default": null}]}""");
        try (PublishSession session =
                route().publisher().begin(publication("run-2").withSchemas(SampleRecords.TEXT_KEY, wider))) {
            assertThat(session.version().number()).isEqualTo(2);
        }
    }

    @Test
    void aChangedKeyIsRefusedAtBegin() {
        route().makeCurrent(publish("run-1", sample(1)));
        for (Schema key : List.of(Schema.create(Schema.Type.LONG), SampleRecords.RECORD_KEY)) {
            assertRefused(publication("run-2").withSchemas(key, SampleRecords.VALUE), "key", "string");
        }
    }

    @Test
    void onlyTheCurrentVersionIsComparedWith() {
        publish("run-1", sample(1));
        Publication other = publication("run-2").withSchemas(SampleRecords.RECORD_KEY, SampleRecords.VALUE);
        CommittedVersion version =
                publish(route().publisher(), other, SampleRecords.randomWithRecordKeys(new Random(1), 5));
        assertThat(version.manifest().version().number()).isEqualTo(2);
    }

    @Test
    void whatCannotBeAKeyIsRefusedAtBegin() {
        Schema map = Schema.createMap(Schema.create(Schema.Type.LONG));
        assertRefused(publication("run-1").withSchemas(map, SampleRecords.VALUE), "key");
    }

    @Test
    void aPublicationWithoutSchemasIsRefusedAtBegin() {
        assertRefused(Publication.of(DATASET), "schema");
    }

    @Test
    void thePartitionCountIsTheGivenOneElseTheCurrentVersionsElseByTheInput() {
        assertThat(partitions(5, GIGABYTE)).isEqualTo(5);
        assertThat(partitions(0, 10)).isEqualTo(1);
        int ofMuch = partitions(0, GIGABYTE);
        assertThat(ofMuch).isGreaterThan(1);
        assertThat(partitions(0, 2 * GIGABYTE)).isGreaterThanOrEqualTo(ofMuch);

        route().makeCurrent(publish("run-1", sample(1)));
        assertThat(partitions(0, GIGABYTE)).isEqualTo(PARTITIONS);
        assertThat(partitions(7, 10)).isEqualTo(7);
    }

    @Test
    void howeverLargeTheInputThereAreNotTooManyPartitions() {
        assumeThat(callsPerFault()).as("a route that is quick with so many").isEqualTo(1);
        checkPartitionsOfTheLargestInput();
    }

    @Test
    @Tag("long")
    void howeverLargeTheInputThereAreNotTooManyPartitionsOnASlowRoute() {
        assumeThat(callsPerFault()).isGreaterThan(1);
        checkPartitionsOfTheLargestInput();
    }

    private void checkPartitionsOfTheLargestInput() {
        assertThat(partitions(0, GIGABYTE * GIGABYTE)).isBetween(partitions(0, GIGABYTE), 1024);
    }

    @Test
    void aPartitionCountOutOfRangeIsRefused() {
        assertThatThrownBy(() -> publication("run-1").withPartitions(0)).isInstanceOf(InvalidInputException.class);
        assertRefused(publication("run-1").withPartitions(1025), "1025", "1024");
        assertThat(publish("run-2", sample(2)).manifest().version().number()).isEqualTo(1);
    }

    final void assertRefused(Publication publication, String... named) {
        assertThatThrownBy(() -> route().publisher().begin(publication).close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(named);
    }

    @Test
    void theMeasuredContentOfTheInputCountsForPartitionsAndNotTheSizeOfItsFiles() {
        Publication packed = Publication.of(DATASET)
                .withRunId(RunId.random())
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withJob("delays", "", List.of(new InputFile("in.csv.gz", 10, "f")))
                .withContentBytes(10 * GIGABYTE);
        try (PublishSession session = route().publisher().begin(packed)) {
            assertThat(session.partitioner().partitions()).isEqualTo(partitions(0, 10 * GIGABYTE));
        }
    }

    private int partitions(int given, long inputBytes) {
        Publication publication = Publication.of(DATASET)
                .withRunId(RunId.random())
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withJob("delays", "", List.of(new InputFile("in", inputBytes, "f")));
        Publication chosen = given == 0 ? publication : publication.withPartitions(given);
        try (PublishSession session = route().publisher().begin(chosen)) {
            return session.partitioner().partitions();
        }
    }
}
