package io.slipway.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.VersionId;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import io.slipway.serving.security.Role;
import io.slipway.serving.security.Token;
import io.slipway.serving.security.TokenOwner;
import io.slipway.serving.security.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every operation, parameter and reply of {@code spec/serving-api.yaml} against a node. */
class ServingApiTest {

    private static final Path DOCUMENT = Path.of("../spec/serving-api.yaml");
    private static final String BATCH = "{\"keys\":[\"a\",\"z\"]}";
    private static final String MULTI = "{\"datasets\":[{\"dataset\":\"pages\",\"keys\":[\"a\",\"z\"]},"
            + "{\"dataset\":\"pages\",\"version\":1,\"fields\":\"n\",\"keys\":[\"a\"]}]}";

    private static final List<String> OPERATIONS =
            List.of("listDatasets", "describeDataset", "getRecord", "getRecords", "batchGet", "multiBatchGet");

    @TempDir
    private Path temporary;

    private ApiDocument document;
    private TestNode node;

    @Test
    void theDocumentSaysWhatTheServerDoes() throws IOException {
        document = new ApiDocument(DOCUMENT);
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        VersionId old = publish(repository, 1);
        VersionId now = publish(repository, 2);
        repository.swap(old);
        repository.swap(now);
        repository.stage(repository.publish("waiting", Map.of("a", "b")));
        try (TestNode started = TestNode.start(
                repository,
                TestNode.settings(temporary.resolve("data"))
                        .withReads(reads -> reads.withKeyBytes(1000).withTime(Duration.ofSeconds(1))))) {
            node = started;
            node.awaitServed(now);
            node.awaitReadable(old);
            runAll();
        }
        Path tokens = Files.writeString(
                temporary.resolve("tokens"),
                Tokens.line(new TokenOwner("web", Role.READER), Token.random(new SecureRandom())));
        try (TestNode started = TestNode.start(
                repository,
                TestNode.settings(temporary.resolve("closed")).withSecurity(security -> security.withTokens(tokens)))) {
            node = started;
            for (String operation : OPERATIONS) {
                run(operation, 401, call());
                run(operation, 401, call().header("Authorization", "Bearer wrong"));
            }
        }
        assertThat(document.left()).as("what of the document was not run").isEmpty();
    }

    private static VersionId publish(TestRepository repository, int number) {
        Schema schema = SchemaBuilder.record("N")
                .fields()
                .requiredInt("n")
                .optionalString("text")
                .endRecord();
        Map<String, GenericData.Record> records = new TreeMap<>();
        for (String key : List.of("a", "b", "c")) {
            GenericData.Record record = new GenericData.Record(schema);
            record.put("n", number);
            records.put(key, record);
        }
        return repository.publish("pages", TestRepository.STRING, schema, records, 2, manifest -> manifest);
    }

    private void runAll() throws IOException {
        run("listDatasets", 200, call());
        run("listDatasets", 400, call().raw("x=1"));
        run("describeDataset", 200, call());
        run("describeDataset", 200, call().query("version", "1"));
        run("describeDataset", 400, call().raw("x=1"));
        run("describeDataset", 503, call().path("dataset", "waiting"));
        for (String operation : List.of("getRecord", "getRecords")) {
            runRecord(operation);
        }
        runScans();
        runBatches();
        for (String operation : OPERATIONS) {
            runCommon(operation);
        }
    }

    private void runRecord(String operation) throws IOException {
        run(operation, 200, record(operation));
        run(operation, 200, record(operation).header("Accept", "avro/binary"));
        run(operation, 200, record(operation).query("fields", "n").query("version", "1"));
        String tag = reply(operation, record(operation)).headers().get("etag");
        run(operation, 304, record(operation).header("If-None-Match", tag));
        run(operation, 400, record(operation).query("fields", "x"));
        run(operation, 404, operation.equals("getRecord") ? call().path("key", "z") : call().query("key", "z"));
        String large = "k".repeat(1001);
        run(operation, 413, operation.equals("getRecord") ? call().path("key", large) : call().query("key", large));
        String longer = "k".repeat(20_000);
        run(operation, 414, operation.equals("getRecord") ? call().path("key", longer) : call().query("key", longer));
        run(operation, 431, record(operation).header("If-None-Match", longer));
    }

    private static Call record(String operation) {
        return operation.equals("getRecord") ? call() : call().query("key", "a");
    }

    private void runScans() throws IOException {
        Reply page = reply(
                "getRecords", call().query("limit", "1").query("from", "a").query("to", "c"));
        String token = page.body().replaceAll(".*\"nextPageToken\":\"([^\"]*)\".*", "$1");
        run(
                "getRecords",
                200,
                call().query("limit", "1").query("from", "a").query("to", "c").query("pageToken", token));
        run("getRecords", 200, call().query("prefix", ""));
        run("getRecords", 400, call().query("limit", "0"));
    }

    private void runBatches() throws IOException {
        run("batchGet", 200, call().query("version", "1").query("fields", "n"));
        run("batchGet", 400, call().body("{}"));
        run("multiBatchGet", 400, call().body("{}"));
        run("multiBatchGet", 404, call().body(MULTI.replace("pages", "nope")));
        run("multiBatchGet", 410, call().body(MULTI.replace(":1", ":9")));
        String keys = "{\"keys\":[" + "\"a\",".repeat(1000) + "\"a\"]}";
        run("batchGet", 413, call().body(keys));
        run("multiBatchGet", 413, call().body("{\"datasets\":[{\"dataset\":\"pages\"," + keys.substring(1) + "]}"));
        run("batchGet", 408, call().cut());
        run("multiBatchGet", 408, call().cut());
    }

    private void runCommon(String operation) throws IOException {
        run(operation, 200, call());
        run(operation, 405, call().method("DELETE"));
        run(operation, 406, call().header("Accept", "text/html"));
        run(operation, 200, call().header("Slipway-Catalog", "1"));
        run(operation, 503, call().header("Slipway-Catalog", "1000000"));
        if (!operation.equals("listDatasets") && !operation.equals("multiBatchGet")) {
            run(operation, 404, call().path("dataset", "nope"));
            run(operation, 410, call().query("version", "9"));
        }
    }

    private static Call call() {
        return new Call();
    }

    private void run(String operation, int status, Call call) throws IOException {
        Reply reply = reply(operation, call);
        assertThat(reply.status()).as("%s: %s", operation, reply).isEqualTo(status);
    }

    /** Sends a request and checks the reply against the document. */
    private Reply reply(String operation, Call call) throws IOException {
        String[] methodAndPath = document.path(operation).split(" ", 2);
        String path = methodAndPath[1];
        Map<String, String> inPath = new LinkedHashMap<>(Map.of("dataset", "pages", "key", "a"));
        inPath.putAll(call.path);
        for (Map.Entry<String, String> part : inPath.entrySet()) {
            if (path.contains("{" + part.getKey() + "}")) {
                document.used(operation, part.getKey());
                path = path.replace("{" + part.getKey() + "}", part.getValue());
            }
        }
        call.usedQuery.forEach(name -> document.used(operation, name));
        call.headers.keySet().stream()
                .filter(header -> !ApiDocument.isStandard(header))
                .forEach(header -> document.used(operation, header));
        String method = call.method.isEmpty() ? methodAndPath[0] : call.method;
        String body = method.equals("POST") ? body(operation, call) : "";
        StringBuilder request = new StringBuilder(method + " " + path + call.query + " HTTP/1.1\r\nHost: x\r\n");
        call.headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        request.append(
                "Connection: close\r\nContent-Length: " + (body.length() + (call.cut ? 1 : 0)) + "\r\n\r\n" + body);
        Reply reply = send(request.toString());
        document.check(operation, reply.status(), reply.headers(), reply.bytes());
        return reply;
    }

    private String body(String operation, Call call) throws IOException {
        if (!call.body.isEmpty()) {
            return call.body;
        }
        String body = operation.equals("batchGet") ? BATCH : MULTI;
        document.checkBody(operation, body);
        return body;
    }

    private Reply send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            String[] head = text.substring(0, end).split("\r\n");
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < head.length; i++) {
                int colon = head[i].indexOf(':');
                headers.put(
                        head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        head[i].substring(colon + 1).strip());
            }
            byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
            return new Reply(
                    Integer.parseInt(head[0].split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8), body);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    private record Reply(int status, Map<String, String> headers, String body, byte[] bytes) {}

    /** A request, as far as it differs from the usual one of its operation. */
    private static final class Call {
        private final Map<String, String> path = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final java.util.Set<String> usedQuery = new java.util.TreeSet<>();
        private String query = "";
        private String body = "";
        private String method = "";
        private boolean cut;

        Call path(String name, String value) {
            path.put(name, value);
            return this;
        }

        Call query(String name, String value) {
            usedQuery.add(name);
            return raw(name + "=" + value);
        }

        Call raw(String text) {
            query += (query.isEmpty() ? "?" : "&") + text;
            return this;
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call body(String text) {
            body = text;
            return this;
        }

        Call method(String name) {
            method = name;
            return this;
        }

        /** The body has a byte less than its length says. */
        Call cut() {
            cut = true;
            return this;
        }
    }
}
