package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.value.ValueCodec;
import io.slipway.sst.SstVersionPublisher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A dataset's value schema changes, and readers that were built for another one read the served bytes by Avro's schema
 * resolution: with the version's schema, which the dataset's description has, as the writer's, and their own.
 */
class SchemaEvolutionTest {

    private static final Schema TEXT = Schema.create(Schema.Type.STRING);

    /** What readers read at first. */
    private static final Schema OLD = value("""
            {"name": "flights", "type": "long"},
            {"name": "note", "type": "string", "default": "none"},
            {"name": "delay", "type": ["null", "double"], "default": null}""");

    /** A field fewer, a field more, a number that is promoted to the readers', and a union that they have more of. */
    private static final Schema FORWARD = value("""
            {"name": "flights", "type": "int"},
            {"name": "delay", "type": "float"},
            {"name": "carrier", "type": "string"}""");

    /** A field fewer and a field more, which both have defaults. */
    private static final Schema FULL = value("""
            {"name": "flights", "type": "long"},
            {"name": "delay", "type": ["null", "double"], "default": null},
            {"name": "carrier", "type": "string", "default": "unknown"}""");

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private TestNode node;

    @BeforeEach
    void serveTheOldSchema() throws IOException {
        repository = new TestRepository(temporary.resolve("repository"));
        node = TestNode.start(repository, temporary.resolve("data"));
        GenericRecord value = new GenericData.Record(OLD);
        value.put("flights", 5_000_000_000L);
        value.put("note", "storm");
        value.put("delay", 12.5);
        serve(publish(value));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aReaderOfTheOldSchemaReadsNewValues() throws Exception {
        GenericRecord value = new GenericData.Record(FORWARD);
        value.put("flights", 7);
        value.put("delay", 0.5f);
        value.put("carrier", "HA");
        serve(publish(value));
        assertThat(read(OLD))
                .hasToString("{\"flights\": 7, \"note\": \"none\", \"delay\": 0.5}")
                .satisfies(read -> assertThat(read.get("flights")).isEqualTo(7L))
                .satisfies(read -> assertThat(read.get("delay")).isEqualTo(0.5));
        assertThat(read(FORWARD)).isEqualTo(value);
    }

    @Test
    void withFullAReaderOfTheNewSchemaReadsOldValuesTooAsAfterARollback() throws Exception {
        repository.set("delays", "compatibility", "full");
        GenericRecord value = new GenericData.Record(FULL);
        value.put("flights", 7L);
        value.put("delay", null);
        value.put("carrier", "HA");
        VersionId next = publish(value);
        assertThat(read(FULL))
                .as("before the swap")
                .hasToString("{\"flights\": 5000000000, \"delay\": 12.5, \"carrier\": \"unknown\"}");
        serve(next);
        assertThat(read(OLD)).hasToString("{\"flights\": 7, \"note\": \"none\", \"delay\": null}");
        assertThat(read(FULL)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            removed without a default | {"name": "delay", "type": ["null", "double"], "default": null}             | flights
            int to long, the wrong way | {"name": "flights", "type": "double"}                                      | flights
            another type               | {"name": "flights", "type": "string"}                                      | flights
            a wider union              | {"name": "flights", "type": "long"}, {"name": "delay", "type": ["null", "double", "string"]} | delay
            null, where there was none | {"name": "flights", "type": ["null", "long"]}                              | flights
            """)
    void whatOldReadersCannotReadIsRefusedBeforeAnythingIsWritten(String what, String fields, String field) {
        Publication publication =
                Publication.of("delays").withRunId(RunId.random()).withSchemas(TEXT, value(fields));
        assertThatThrownBy(() -> publisher().begin(publication).close())
                .as(what)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(
                        "Readers of the current value schema cannot read the new one", "'" + field + "'");
        assertThat(repository.repository().versions(publication.dataset())).hasSize(1);
    }

    @Test
    void fullRefusesWhatOnlyOldReadersCanRead() {
        repository.set("delays", "compatibility", "full");
        for (String fields : List.of(
                "{\"name\": \"flights\", \"type\": \"int\"}",
                "{\"name\": \"flights\", \"type\": \"long\"}, {\"name\": \"carrier\", \"type\": \"string\"}")) {
            Publication publication =
                    Publication.of("delays").withRunId(RunId.random()).withSchemas(TEXT, value(fields));
            assertThatThrownBy(() -> publisher().begin(publication).close())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Readers of the new value schema cannot read the current one");
        }
        repository.set("delays", "compatibility", "forward");
        publisher()
                .begin(Publication.of("delays")
                        .withRunId(RunId.random())
                        .withSchemas(TEXT, value("{\"name\": \"flights\", \"type\": \"int\"}")))
                .close();
    }

    private VersionId publish(GenericRecord value) {
        Publication publication = Publication.of("delays")
                .withRunId(RunId.random())
                .withPartitions(1)
                .withSchemas(TEXT, value.getSchema());
        try (PublishSession session = publisher().begin(publication);
                var writer = session.openPartition(0, 0)) {
            writer.put(
                    KeyCodec.of(TEXT).encode("HNL"),
                    ValueCodec.of(value.getSchema()).encode(value));
            return session.commit(List.of(writer.finish())).manifest().version();
        }
    }

    private void serve(VersionId version) {
        repository.swap(version);
        node.awaitServed(version);
    }

    private SstVersionPublisher publisher() {
        return new SstVersionPublisher(repository.repository(), repository.catalogs(), InstantSource.system(), "test");
    }

    /** What a client does that knows one schema. */
    private GenericRecord read(Schema reader) throws Exception {
        String description = node.get("/v1/datasets/delays").body();
        Schema writer = new Schema.Parser()
                .parse(new ObjectMapper()
                        .readTree(description)
                        .get("valueSchema")
                        .toString());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.port() + "/v1/datasets/delays/records/HNL"))
                .header("Accept", "avro/binary")
                .build();
        byte[] value = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return new GenericDatumReader<GenericRecord>(writer, reader)
                .read(null, DecoderFactory.get().binaryDecoder(value, null));
    }

    private static Schema value(String fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"Delays\", \"fields\": [" + fields + "]}");
    }
}
