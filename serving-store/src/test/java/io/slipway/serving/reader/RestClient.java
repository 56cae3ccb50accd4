package io.slipway.serving.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads over HTTP; scans by small pages. */
final class RestClient implements ReadClient {

    /** What Jackson writes with capital digits, and the server with small ones. */
    private static final Pattern CONTROL = Pattern.compile("\\\\u00[0-9A-F]{2}");

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 3;

    private final TestNode node;

    RestClient(TestRepository repository, NodeSettings settings) {
        node = TestNode.start(repository, settings);
    }

    @Override
    public Optional<byte[]> get(String dataset, long version, Object key) {
        HttpResponse<byte[]> reply = node.bytes(record(dataset, version, key), "Accept", "avro/binary");
        return check(reply.statusCode(), new String(reply.body(), StandardCharsets.UTF_8))
                ? Optional.of(reply.body())
                : Optional.empty();
    }

    @Override
    public Optional<String> json(String dataset, long version, Object key) {
        HttpResponse<String> reply = node.get(record(dataset, version, key));
        return check(reply.statusCode(), reply.body()) ? Optional.of(reply.body()) : Optional.empty();
    }

    @Override
    public Batch batchGet(String dataset, long version, List<?> keys) {
        String body =
                "{\"keys\":" + keys.stream().map(RestClient::keyJson).collect(Collectors.joining(",", "[", "]")) + "}";
        HttpResponse<String> reply = node.post(
                "/v1/datasets/" + dataset + "/records:batchGet" + (version == CURRENT ? "" : "?version=" + version),
                body);
        check(reply.statusCode(), reply.body());
        JsonNode batch = read(reply.body());
        List<String> missing = new ArrayList<>();
        batch.get("missing").forEach(key -> missing.add(key.toString()));
        assertThat(reply.headers().firstValue("slipway-version"))
                .hasValue(batch.get("version").asText());
        return new Batch(batch.get("version").asLong(), pairs(reply.body(), batch.get("found")), missing);
    }

    @Override
    public List<Pair> scan(String dataset, long version, Range range) {
        String path = "/v1/datasets/" + dataset + "/records?limit=" + PAGE
                + (version == CURRENT ? "" : "&version=" + version) + parameters("prefix", range.prefix())
                + parameters("from", range.from()) + parameters("to", range.to());
        List<Pair> pairs = new ArrayList<>();
        String token = "";
        do {
            HttpResponse<String> reply = node.get(path + token);
            check(reply.statusCode(), reply.body());
            JsonNode page = read(reply.body());
            pairs.addAll(pairs(reply.body(), page.get("records")));
            token = page.has("nextPageToken")
                    ? "&pageToken=" + page.get("nextPageToken").asText()
                    : "";
        } while (!token.isEmpty());
        return pairs;
    }

    /** Values as they are in the reply, to the letter. */
    private List<Pair> pairs(String body, JsonNode records) {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode record : records) {
            String key = record.get("key").toString();
            String written = CONTROL.matcher(key)
                    .replaceAll(escape -> "\\" + escape.group().toLowerCase(Locale.ROOT));
            int at = body.indexOf("{\"key\":" + written + ",\"value\":");
            assertThat(at).as("the key %s in %s", written, body).isNotNegative();
            String value = body.substring(at + ("{\"key\":" + written + ",\"value\":").length());
            pairs.add(new Pair(key, firstValue(value)));
        }
        return pairs;
    }

    private static String firstValue(String json) {
        try (var parser = JSON.createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            return json.substring(0, (int) parser.currentLocation().getCharOffset())
                    .strip();
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    @Override
    public long version(String dataset) {
        return node.served(dataset);
    }

    @Override
    public void awaitVersion(String dataset, long version) {
        node.awaitServed(new VersionId(new DatasetName(dataset), version));
    }

    @Override
    public void close() {
        node.close();
    }

    private static String record(String dataset, long version, Object key) {
        List<?> fields = key instanceof List<?> list ? list : List.of(key);
        String parameters = parameters("key", fields) + (version == CURRENT ? "" : "&version=" + version);
        return "/v1/datasets/" + dataset + "/records?" + parameters.substring(1);
    }

    private static String parameters(String name, List<?> values) {
        return values.stream()
                .map(value -> "&" + name + "=" + URLEncoder.encode(text(value), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    private static String keyJson(Object key) {
        if (key instanceof List<?> list) {
            return list.stream().map(RestClient::keyJson).collect(Collectors.joining(",", "[", "]"));
        }
        boolean isText = key instanceof String
                || key instanceof byte[]
                || (key instanceof Number number && Double.isInfinite(number.doubleValue()));
        return isText ? JSON.getNodeFactory().textNode(text(key)).toString() : text(key);
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }

    /** Whether there is a record. */
    private static boolean check(int status, String body) {
        if (status == 200) {
            return true;
        }
        String type = read(body).get("type").asText();
        if (type.endsWith(":key-not-found")) {
            return false;
        }
        throw new FailedRead(
                switch (type.substring(type.lastIndexOf(':') + 1)) {
                    case "dataset-not-found" -> Failure.NO_SUCH_DATASET;
                    case "no-current-version" -> Failure.NO_CURRENT_VERSION;
                    case "version-gone" -> Failure.VERSION_GONE;
                    case "bad-key" -> Failure.BAD_KEY;
                    default -> throw new AssertionError(status + " " + body);
                },
                body);
    }
}
