package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups over real HTTP. */
class RestLookupTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema ROUTE = SchemaBuilder.record("Route")
            .fields()
            .requiredString("from")
            .requiredInt("day")
            .endRecord();

    @TempDir
    static Path temporary;

    private static TestRepository repository;
    private static TestNode node;

    @BeforeAll
    static void serve() {
        repository = new TestRepository(temporary.resolve("repository"));
        VersionId old = repository.publish("pages", Map.of("home", "first", "gone", "x"));
        VersionId pages = repository.publish(
                "pages",
                Map.ofEntries(
                        Map.entry("home", "second"),
                        Map.entry("/index.html", "slash"),
                        Map.entry("a/b", "inner slash"),
                        Map.entry("a//b", "double slash"),
                        Map.entry("a/./b", "dot"),
                        Map.entry("..", "dots"),
                        Map.entry("../x", "dots and slash"),
                        Map.entry("100%", "percent"),
                        Map.entry("%41", "escape"),
                        Map.entry("a b", "space"),
                        Map.entry("a+b", "plus"),
                        Map.entry("a;p=1", "parameter"),
                        Map.entry("a?b#c", "query"),
                        Map.entry("Zürich/東京 🚢", "non-ASCII"),
                        Map.entry("line\nbreak", "control"),
                        Map.entry("nul\u0000l", "nul"),
                        Map.entry("", "empty")));
        repository.swap(old);
        repository.swap(pages);
        VersionId numbers = repository.publish(
                "numbers",
                Schema.create(Schema.Type.LONG),
                SchemaBuilder.record("N").fields().requiredLong("n").endRecord(),
                Map.of(),
                4,
                UnaryOperator.identity());
        repository.swap(numbers);
        VersionId routes = repository.publish(
                "routes",
                ROUTE,
                TestRepository.STRING,
                Map.of(List.of("LAX", 7), "seven"),
                3,
                UnaryOperator.identity());
        repository.swap(routes);
        VersionId waiting = repository.publish("waiting", Map.of("a", "b"));
        repository.stage(waiting);
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(pages);
        node.awaitReadable(old);
        node.awaitServed(numbers);
        node.awaitServed(routes);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aRecordIsFoundWithItsHeaders() {
        HttpResponse<String> reply = node.get("/v1/datasets/pages/records/home");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("\"second\"");
        assertThat(header(reply, "content-type")).isEqualTo("application/json");
        assertThat(header(reply, "slipway-version")).isEqualTo("2");
        assertThat(Long.parseLong(header(reply, "slipway-catalog"))).isPositive();
        assertThat(header(reply, "etag")).matches("\"[0-9a-f]{16}\"");
        assertThat(header(reply, "content-length")).isEqualTo("8");
    }

    @ParameterizedTest
    @CsvSource({
        "%2Findex.html,slash",
        "/index.html,slash",
        "a%2Fb,inner slash",
        "a/b,inner slash",
        "a//b,double slash",
        "a/./b,dot",
        "a%2f%2e%2Fb,dot",
        "..,dots",
        "%2e%2e,dots",
        "%2e%2e/x,dots and slash",
        "100%25,percent",
        "%2541,escape",
        "a%20b,space",
        "a+b,plus",
        "a%2Bb,plus",
        "a;p=1,parameter",
        "a%3Fb%23c,query",
        "Z%C3%BCrich%2F%E6%9D%B1%E4%BA%AC%20%F0%9F%9A%A2,non-ASCII",
        "line%0Abreak,control"
    })
    void aPathHoldsAnyKey(String path, String value) throws IOException {
        String reply = raw("GET /v1/datasets/pages/records/" + path + " HTTP/1.1");
        assertThat(reply).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n\"" + value + "\"");
    }

    @Test
    void rawUtf8InAPathIsTakenAsItIs() throws IOException {
        assertThat(raw("GET /v1/datasets/pages/records/Zürich/東京%20🚢 HTTP/1.1"))
                .endsWith("\"non-ASCII\"");
    }

    @ParameterizedTest
    @CsvSource({
        "key=nul%00l,nul",
        "key=%2Findex.html,slash",
        "key=/index.html,slash",
        "key=100%25,percent",
        "key=a+b,space",
        "key=a%2Bb,plus",
        "key=,empty",
        "key,empty",
        "key=home&version=1,first"
    })
    void aParameterHoldsAnyKey(String query, String value) {
        HttpResponse<String> reply = node.get("/v1/datasets/pages/records?" + query);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("\"" + value + "\"");
    }

    @Test
    void aRecordKeyIsOneParameterPerField() {
        assertThat(node.get("/v1/datasets/routes/records?key=LAX&key=7").body()).isEqualTo("\"seven\"");
        assertProblem(node.get("/v1/datasets/routes/records/LAX"), 400, "bad-key", "?key=");
        assertProblem(node.get("/v1/datasets/routes/records?key=LAX"), 400, "bad-key", "2 field(s)");
        assertProblem(node.get("/v1/datasets/routes/records?key=LAX&key=x"), 400, "bad-key", "'day' is of type int");
    }

    @Test
    void missesSayWhichKindTheyAre() {
        HttpResponse<String> key = node.get("/v1/datasets/pages/records/nope");
        JsonNode problem = assertProblem(key, 404, "key-not-found", "'nope'");
        assertThat(problem.get("dataset").asText()).isEqualTo("pages");
        assertThat(problem.get("version").asLong()).isEqualTo(2);
        assertThat(header(key, "slipway-version")).isEqualTo("2");
        HttpResponse<String> dataset = node.get("/v1/datasets/nope/records/x");
        assertProblem(dataset, 404, "dataset-not-found", "'nope'");
        assertThat(dataset.headers().firstValue("slipway-version")).isEmpty();
        assertThat(dataset.headers().firstValue("slipway-catalog")).isPresent();
        assertProblem(node.get("/v1/datasets/waiting/records/a"), 503, "no-current-version", "waiting");
        assertProblem(node.get("/v2/datasets"), 404, "no-such-resource", "");
        assertProblem(node.get("/v1/datasets/pages/rows/a"), 404, "no-such-resource", "");
        assertThat(node.get("/v1/datasets/numbers/records/5").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/datasets/pages/records/,bad-key,no key",
        "/v1/datasets/numbers/records/abc,bad-key,'abc'",
        "/v1/datasets/pages/records?kye=a,bad-parameter,'kye'",
        "/v1/datasets/pages/records/a?version=x,bad-parameter,'x'",
        "/v1/datasets/pages/records/a?version=0,bad-parameter,'0'",
        "/v1/datasets/pages/records/a?version=1&version=2,bad-parameter,twice",
        "/v1/datasets/pages/records/a?key=b,bad-parameter,'key'"
    })
    void badRequestsAreNamed(String path, String type, String detail) {
        assertProblem(node.get(path), 400, type, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%zz", "a%4", "a%", "a%C3"})
    void badEscapesAreRefused(String key) throws IOException {
        String reply = raw("GET /v1/datasets/pages/records/" + key + " HTTP/1.1");
        assertThat(reply).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"detail\"");
        assertThat(reply).doesNotContain("Exception", ".java");
    }

    @Test
    void pinnedVersionsAreReadUntilTheyAreGone() {
        HttpResponse<String> first = node.get("/v1/datasets/pages/records/home?version=1");
        assertThat(first.body()).isEqualTo("\"first\"");
        assertThat(header(first, "slipway-version")).isEqualTo("1");
        assertProblem(node.get("/v1/datasets/pages/records/home?version=9"), 410, "version-gone", "[1, 2]");
        assertProblem(node.get("/v1/datasets/waiting/records/a?version=1"), 410, "version-gone", "");
    }

    @Test
    void valuesAreNotSentAgainToThoseWhoHaveThem() {
        String path = "/v1/datasets/pages/records/home";
        String tag = header(node.get(path), "etag");
        for (String known : List.of(tag, "W/" + tag, "\"x,y\", " + tag, "*")) {
            HttpResponse<String> reply = node.get(path, "If-None-Match", known);
            assertThat(reply.statusCode()).as(known).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(header(reply, "etag")).isEqualTo(tag);
            assertThat(header(reply, "slipway-version")).isEqualTo("2");
        }
        assertThat(node.get(path, "If-None-Match", "\"0000000000000000\"").statusCode())
                .isEqualTo(200);
        assertThat(header(node.get(path + "?version=1"), "etag")).isNotEqualTo(tag);
    }

    @Test
    void valuesComeAsJsonOrAvro() {
        String path = "/v1/datasets/pages/records/home";
        HttpResponse<String> avro = node.get(path, "Accept", "avro/binary");
        assertThat(avro.body()).isEqualTo((char) 12 + "second");
        assertThat(header(avro, "content-type")).isEqualTo("avro/binary");
        assertThat(header(avro, "etag")).isNotEqualTo(header(node.get(path), "etag"));
        assertThat(node.get(path, "Accept", "text/html, */*;q=0.1").body()).isEqualTo("\"second\"");
        assertProblem(node.get(path, "Accept", "text/html"), 406, "not-acceptable", "text/html");
    }

    @Test
    void otherMethodsAreNamed() {
        HttpResponse<String> delete = node.send("DELETE", "/v1/datasets/pages/records/home");
        assertProblem(delete, 405, "method-not-allowed", "DELETE");
        assertThat(header(delete, "allow")).isEqualTo("GET, HEAD");
        HttpResponse<String> batch = node.get("/v1/datasets/pages/records:batchGet");
        assertProblem(batch, 405, "method-not-allowed", "POST");
        assertThat(header(batch, "allow")).isEqualTo("POST");
        assertThat(header(batch, "slipway-version")).isEqualTo("2");
    }

    @Test
    void headHasTheHeadersOfGet() throws IOException {
        String reply = raw("HEAD /v1/datasets/pages/records/home HTTP/1.1");
        assertThat(reply)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 8")
                .endsWith("\r\n\r\n");
    }

    @Test
    void batchesAreFromOneVersion() throws IOException {
        HttpResponse<String> reply =
                node.post("/v1/datasets/pages/records:batchGet", "{\"keys\":[\"home\",\"nope\",\"a/b\"]}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(reply.body()))
                .isEqualTo(JSON.readTree("{\"version\":2,\"found\":[{\"key\":\"home\",\"value\":\"second\"},"
                        + "{\"key\":\"a/b\",\"value\":\"inner slash\"}],\"missing\":[\"nope\"]}"));
        assertThat(node.post("/v1/datasets/pages/records:batchGet?version=1", "{\"keys\":[\"home\"]}")
                        .body())
                .contains("first");
        assertThat(node.post("/v1/datasets/routes/records:batchGet", "{\"keys\":[[\"LAX\",7]]}")
                        .body())
                .isEqualTo("{\"version\":1,\"found\":[{\"key\":[\"LAX\",7],\"value\":\"seven\"}],\"missing\":[]}");
    }

    @Test
    void batchesHaveLimits() {
        String path = "/v1/datasets/pages/records:batchGet";
        assertProblem(node.post(path, "{\"keys\":[" + "\"a\",".repeat(1000) + "\"a\"]}"), 413, "too-many-keys", "1000");
        assertProblem(
                node.post(path, "{\"keys\":[\"" + "a".repeat(2 << 20) + "\"]}"), 413, "body-too-large", "1048576");
        assertProblem(node.post(path, "{\"keys\""), 400, "bad-body", "JSON");
        assertProblem(node.post(path, ""), 400, "bad-body", "keys");
        assertProblem(node.post(path, "[]"), 400, "bad-body", "keys");
        assertProblem(node.post(path, "{\"keys\":[],\"x\":1}"), 400, "bad-body", "'x'");
        assertProblem(node.post(path, "{\"keys\":[1]}"), 400, "bad-key", "string");
        assertProblem(node.post("/v1/datasets/nope/records:batchGet", "{\"keys\":[]}"), 404, "dataset-not-found", "");
        assertThat(node.post(path, "{\"keys\":[]}").body()).isEqualTo("{\"version\":2,\"found\":[],\"missing\":[]}");
    }

    @Test
    void aBodyOfUnknownLengthIsLimitedToo() throws IOException {
        String reply = raw(
                "POST /v1/datasets/pages/records:batchGet HTTP/1.1\r\nTransfer-Encoding: chunked",
                "200000\r\n" + "x".repeat(2 << 20) + "\r\n0\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 413").contains("body-too-large");
    }

    @Test
    void datasetsAreListedAndDescribed() throws IOException {
        JsonNode list = JSON.readTree(node.get("/v1/datasets").body()).get("datasets");
        assertThat(list.findValuesAsText("name")).contains("numbers", "pages", "routes", "waiting");
        assertThat(list.get(1).get("version").asLong()).isEqualTo(2);
        assertThat(list.get(1).get("records").asLong()).isEqualTo(17);
        assertThat(list.findValues("version")).anyMatch(JsonNode::isNull);
        HttpResponse<String> reply = node.get("/v1/datasets/pages");
        assertThat(header(reply, "slipway-version")).isEqualTo("2");
        JsonNode pages = JSON.readTree(reply.body());
        assertThat(pages.get("readable").toString()).isEqualTo("[1,2]");
        assertThat(pages.get("keySchema").asText()).isEqualTo("string");
    }

    @Test
    void tooLongAddressesAreRefusedWithAProblem() throws IOException {
        String reply = raw("GET /v1/datasets/pages/records/" + "a".repeat(20_000) + " HTTP/1.1");
        assertThat(reply)
                .startsWith("HTTP/1.1 414")
                .contains("application/problem+json", "uri-too-long", "Slipway-Catalog");
        String headers = raw("GET /v1/datasets HTTP/1.1\r\nX: " + "a".repeat(20_000));
        assertThat(headers).startsWith("HTTP/1.1 431").contains("application/problem+json", "headers-too-large");
    }

    @Test
    void pipelinedRequestsKeepTheirReplies() throws IOException {
        String one = "GET /v1/datasets/pages/records/home HTTP/1.1\r\nHost: x\r\n\r\n";
        String two = "GET /v1/datasets/pages/records/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n";
        String replies = raw("GET /v1/datasets/pages/records/100%25 HTTP/1.1\r\nHost: x\r\n\r\n"
                + (one + two).repeat(20) + "GET /v1/datasets/pages/records/home HTTP/1.1");
        assertThat(replies.split("\"second\"", -1)).hasSize(22);
        assertThat(replies.split("\"inner slash\"", -1)).hasSize(21);
    }

    @Test
    void retiredVersionsAreGoneForReaders() {
        VersionId one = repository.publish("short", Map.of("a", "1"));
        VersionId two = repository.publish("short", Map.of("a", "2"));
        repository.swap(one);
        node.awaitServed(one);
        repository.swap(two);
        node.awaitServed(two);
        repository.force(one, VersionState.RETIRED);
        Path folder = node.settings().dataFolder().resolve("datasets/short/v1");
        org.awaitility.Awaitility.await().until(() -> !java.nio.file.Files.exists(folder));
        assertProblem(node.get("/v1/datasets/short/records/a?version=1"), 410, "version-gone", "[2]");
        assertThat(node.get("/v1/datasets/short/records/a").body()).isEqualTo("\"2\"");
    }

    private static JsonNode assertProblem(HttpResponse<String> reply, int status, String type, String detail) {
        return Problems.assertProblem(reply, status, type, detail);
    }

    private static String header(HttpResponse<String> reply, String name) {
        return Problems.header(reply, name);
    }

    private static String raw(String request) throws IOException {
        return raw(request, "");
    }

    private static String raw(String request, String body) throws IOException {
        return node.raw(request, body);
    }
}
