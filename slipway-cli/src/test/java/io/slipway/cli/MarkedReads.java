package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads from a node versions of which every value says which one it belongs to, so that a read that shows anything of
 * another version than it says is found. Used by one thread.
 */
final class MarkedReads {

    /** How many records each version has. */
    static final int ROWS = 60_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAGE = 1000;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Random random = new Random(1);
    private final URI reads;
    private final URI admin;

    MarkedReads(URI reads, URI admin) {
        this.reads = reads;
        this.admin = admin;
    }

    /** The input of a version: about 12 MB of keys and values. */
    static String[] lines(long version) {
        return Stream.concat(
                        Stream.of("id,version,text"),
                        IntStream.range(0, ROWS)
                                .mapToObj(row -> "key-" + row + "," + version + "," + text(version, row)))
                .toArray(String[]::new);
    }

    private static String text(long version, int row) {
        return ("version " + version + " row " + row + " ").repeat(9).strip();
    }

    /** Changes how many bytes per second the node fetches. */
    void limitStaging(String rate) {
        HttpRequest request = HttpRequest.newBuilder(admin.resolve("/v1/node/staging-rate"))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString(rate))
                .build();
        assertThat(send(request).statusCode()).isLessThan(300);
    }

    /** How much of a version the node has fetched, from 0 to 1; 1 as well when it has staged it. */
    double fetched(String dataset, long version) {
        HttpResponse<String> reply =
                send(HttpRequest.newBuilder(admin.resolve("/v1/node")).build());
        for (JsonNode entry : parsed(reply.body()).get("versions")) {
            if (entry.get("dataset").asText().equals(dataset)
                    && entry.get("version").asLong() == version) {
                boolean isStaged = entry.get("phase").asText().equals("STAGED");
                double total = Math.max(1, entry.get("bytesTotal").asDouble());
                return isStaged ? 1 : entry.get("bytesDone").asDouble() / total;
            }
        }
        return 0;
    }

    /** Waits until a version is served; until then nothing else is but the one before it, and afterwards not that one. */
    void awaitVersion(String dataset, long version) {
        readUntil(dataset, version, () -> read(dataset) == version);
    }

    /** Reads until something has happened; what is read is of a version, or of the one before it, and never goes back. */
    void readUntil(String dataset, long version, Callable<Boolean> hasHappened) {
        long[] seen = {version - 1};
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(() -> {
                    long found = read(dataset);
                    assertThat(found).as("the version that is read").isBetween(seen[0], version);
                    seen[0] = found;
                    return hasHappened.call();
                });
    }

    /** Looks up some key; returns the version that answered, 0 if none does. */
    long read(String dataset) {
        int row = random.nextInt(ROWS);
        HttpResponse<String> reply = get("/v1/datasets/" + dataset + "/records/key-" + row);
        if (reply.statusCode() == 404 || reply.statusCode() == 503) {
            return 0;
        }
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(OK);
        long version =
                Long.parseLong(reply.headers().firstValue("Slipway-Version").orElseThrow());
        check(version, row, parsed(reply.body()));
        return version;
    }

    /** What a lookup gives, which has to succeed. */
    JsonNode value(String dataset, String key) {
        HttpResponse<String> reply = get("/v1/datasets/" + dataset + "/records/" + key);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(OK);
        return parsed(reply.body());
    }

    /** Reads all records: they are those of a version, each once. */
    void checkAll(String dataset, long version) {
        Set<String> keys = new HashSet<>();
        String page = "";
        do {
            JsonNode reply = parsed(get("/v1/datasets/" + dataset + "/records?limit=" + PAGE + page)
                    .body());
            assertThat(reply.path("version").asLong()).as(reply.toString()).isEqualTo(version);
            for (JsonNode entry : reply.get("records")) {
                String key = entry.get("key").asText();
                assertThat(keys.add(key)).as("%s is there once", key).isTrue();
                check(version, Integer.parseInt(key.substring("key-".length())), entry.get("value"));
            }
            page = "&pageToken=" + reply.path("nextPageToken").asText();
        } while (!page.endsWith("="));
        assertThat(keys).hasSize(ROWS);
    }

    private static void check(long version, int row, JsonNode value) {
        assertThat(value.get("version").asLong()).as("key-%d", row).isEqualTo(version);
        assertThat(value.get("text").asText()).isEqualTo(text(version, row));
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(reads.resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
