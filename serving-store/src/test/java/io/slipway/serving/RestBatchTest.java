package io.slipway.serving;

import static io.slipway.serving.Problems.assertProblem;
import static io.slipway.serving.Problems.header;
import static io.slipway.serving.Problems.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.VersionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch gets of one and of several datasets, fields, and compression, over real HTTP. */
class RestBatchTest {

    private static final Schema PLACE = SchemaBuilder.record("Place")
            .fields()
            .requiredString("city")
            .requiredInt("gates")
            .endRecord();
    private static final Schema AIRPORT = SchemaBuilder.record("Airport")
            .fields()
            .requiredString("name")
            .name("place")
            .type(PLACE)
            .noDefault()
            .endRecord();

    @TempDir
    static Path temporary;

    private static TestRepository repository;
    private static TestNode node;

    @BeforeAll
    static void serve() {
        repository = new TestRepository(temporary.resolve("repository"));
        Map<String, GenericData.Record> airports = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            GenericData.Record place = new GenericData.Record(PLACE);
            place.put("city", "City " + i);
            place.put("gates", i);
            GenericData.Record airport = new GenericData.Record(AIRPORT);
            airport.put("name", "Airport " + i);
            airport.put("place", place);
            airports.put("A" + i, airport);
        }
        List<VersionId> versions = List.of(
                repository.publish("airports", TestRepository.STRING, AIRPORT, airports, 3, manifest -> manifest),
                repository.publish("names", Map.of("a", "old")),
                repository.publish("names", Map.of("a", "new", "Zürich\"\n", "quoted")),
                repository.publish(
                        "numbers",
                        Schema.create(Schema.Type.LONG),
                        TestRepository.STRING,
                        Map.of(7L, "seven"),
                        2,
                        manifest -> manifest));
        node = TestNode.start(repository, temporary.resolve("data"));
        for (VersionId version : versions) {
            repository.swap(version);
            node.awaitServed(version);
        }
        node.awaitReadable(versions.get(1));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void severalDatasetsAreReadAtOnce() {
        HttpResponse<String> reply = node.post(
                "/v1/batchGet",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[\"a\",\"b\",\"Z\\u00fcrich\\\"\\n\"]},"
                        + "{\"keys\":[7,8],\"dataset\":\"numbers\"},"
                        + "{\"dataset\":\"names\",\"version\":1,\"keys\":[\"a\"]},"
                        + "{\"dataset\":\"airports\",\"fields\":\"place.gates\",\"keys\":[\"A5\"]}]}");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(json(reply.body())).isEqualTo(json("""
                {"results":[
                {"dataset":"names","version":2,"found":[{"key":"a","value":"new"},
                {"key":"Zürich\\"\\n","value":"quoted"}],"missing":["b"]},
                {"dataset":"numbers","version":1,"found":[{"key":7,"value":"seven"}],"missing":[8]},
                {"dataset":"names","version":1,"found":[{"key":"a","value":"old"}],"missing":[]},
                {"dataset":"airports","version":1,"found":[{"key":"A5","value":{"place":{"gates":5}}}],"missing":[]}]}
                """));
        assertThat(reply.headers().firstValue("slipway-version")).isEmpty();
        assertThat(reply.headers().firstValue("slipway-catalog")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|bad-body|'datasets' is not there",
                "[]|400|bad-body|no JSON object",
                "{\"datasets\":{}}|400|bad-body|'datasets' is not an array",
                "{\"datasets\":[],\"datasets\":[]}|400|bad-body|'datasets' is there twice",
                "{\"datasets\":[{\"keys\":[]}]}|400|bad-body|'dataset' is not there",
                "{\"datasets\":[{\"dataset\":\"names\"}]}|400|bad-body|'keys' is not there",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[],\"x\":1}]}|400|bad-body|'x'",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[],\"version\":0}]}|400|bad-body|'version'",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[],\"fields\":1}]}|400|bad-body|'fields'",
                "{\"datasets\":[]}x|400|bad-body|not JSON",
                "{\"datasets\":[]}{}|400|bad-body|goes on after its end",
                "{\"datasets\":[{\"dataset\":\"nope\",\"keys\":[]}]}|404|dataset-not-found|dataset 'nope'",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[],\"version\":9}]}|410|version-gone|of names",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[7]}]}|400|bad-key|dataset 'names': keys[0]",
                "{\"datasets\":[{\"dataset\":\"names\",\"keys\":[],\"fields\":\"x\"}]}|400|bad-parameter|no records"
            })
    void aBadRequestForSeveralIsNamed(String body, int status, String type, String detail) {
        assertProblem(node.post("/v1/batchGet", body), status, type, detail);
    }

    @Test
    void theLimitOfKeysIsOfAllDatasetsTogether() {
        String part = "{\"dataset\":\"names\",\"keys\":[" + "\"a\",".repeat(599) + "\"a\"]}";

        assertProblem(
                node.post("/v1/batchGet", "{\"datasets\":[" + part + "," + part + "]}"), 413, "too-many-keys", "1000");
        assertThat(node.post("/v1/batchGet", "{\"datasets\":[" + part + "]}").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"keys\":[[\"a\"]]}|bad-key|keys[0]",
                "{\"keys\":[\"a\",\"\\ud800\"]}|bad-key|keys[1]",
                "{\"keys\":[\"a\"],\"keys\":[\"a\"]}|bad-body|twice",
                "{\"keys\":{}}|bad-body|not an array",
                "{\"keys\":[\"a\"]}]|bad-body|not JSON"
            })
    void aBadBodyIsNamed(String body, String type, String detail) {
        HttpResponse<String> reply = node.post("/v1/datasets/names/records:batchGet", body);
        assertProblem(reply, 400, type, detail);
        assertThat(header(reply, "slipway-version")).isEqualTo("2");
    }

    @Test
    void jsonInAnotherEncodingIsRefused() throws IOException {
        byte[] utf16 = "{\"keys\":[]}".getBytes(StandardCharsets.UTF_16LE);
        String reply = node.raw(
                "POST /v1/datasets/names/records:batchGet HTTP/1.1\r\nContent-Length: " + utf16.length,
                new String(utf16, StandardCharsets.ISO_8859_1));
        assertThat(reply).startsWith("HTTP/1.1 400").contains("UTF-8");
    }

    @Test
    void fieldsAreChosen() {
        String path = "/v1/datasets/airports/records/A7";
        HttpResponse<String> all = node.get(path);
        HttpResponse<String> some = node.get(path + "?fields=place.city,name");
        assertThat(some.body()).isEqualTo("{\"name\":\"Airport 7\",\"place\":{\"city\":\"City 7\"}}");
        assertThat(header(some, "etag")).isNotEqualTo(header(all, "etag"));
        assertThat(node.get(path + "?fields=place.city,name", "If-None-Match", header(some, "etag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(node.get(path + "?fields=name", "If-None-Match", header(some, "etag"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(node.get("/v1/datasets/airports/records?key=A7&fields=name").body())
                .isEqualTo("{\"name\":\"Airport 7\"}");
        assertThat(node.post("/v1/datasets/airports/records:batchGet?fields=name", "{\"keys\":[\"A7\"]}")
                        .body())
                .contains("\"value\":{\"name\":\"Airport 7\"}}");
        assertThat(node.get("/v1/datasets/airports/records?fields=name&prefix=A7&limit=1")
                        .body())
                .contains("\"value\":{\"name\":\"Airport 7\"}}");
        assertProblem(node.get(path + "?fields=nam"), 400, "bad-parameter", "There are: name, place");
        assertProblem(node.get(path + "?fields=name", "Accept", "avro/binary"), 400, "bad-parameter", "fields");
    }

    @Test
    void largeRepliesAreCompressedForWhoAcceptsIt() throws IOException {
        for (String path : List.of("/v1/datasets/airports/records?limit=1000")) {
            String plain = node.get(path).body();
            HttpResponse<byte[]> small = node.bytes(path, "Accept-Encoding", "br, gzip;q=0.5");
            assertThat(header(small, "content-encoding")).isEqualTo("gzip");
            assertThat(header(small, "vary")).isEqualTo("Accept-Encoding");
            assertThat(small.body().length).isLessThan(plain.length() / 3);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(plain);
            assertThat(header(node.get(path), "vary")).isEqualTo("Accept-Encoding");
            assertThat(node.get(path, "Accept-Encoding", "gzip;q=0").body()).isEqualTo(plain);
        }
        assertThat(node.bytes("/v1/datasets/airports/records?limit=5", "Accept-Encoding", "gzip")
                        .headers()
                        .firstValue("content-encoding"))
                .isEmpty();
    }

    @Test
    void batchesAreJson() {
        for (String path : List.of("/v1/datasets/names/records:batchGet", "/v1/batchGet")) {
            assertProblem(
                    node.post(path, "{\"keys\":[]}", "Accept", "avro/binary"), 406, "not-acceptable", "single records");
        }
    }

    @Test
    void otherMethodsAreNamed() {
        assertProblem(node.get("/v1/batchGet"), 405, "method-not-allowed", "POST");
        HttpResponse<String> post = node.post("/v1/datasets/names/records", "");
        assertProblem(post, 405, "method-not-allowed", "GET, HEAD");
        assertThat(header(post, "slipway-version")).isEqualTo("2");
        JsonNode problem = json(post.body());
        assertThat(problem.get("dataset").asText()).isEqualTo("names");
    }
}
