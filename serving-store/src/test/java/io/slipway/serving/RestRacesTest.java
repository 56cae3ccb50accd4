package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.VersionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests on many connections at once: each gets the reply to what it asked for, and no other's. */
class RestRacesTest {

    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 2000;
    private static final int RECORDS = 500;
    private static final int SPOILED_CONNECTIONS = 4;
    private static final int SPOILERS = 12;
    /** How long a body may take where some take too long. */
    private static final long SPOILED_MILLIS = 20;

    @TempDir
    private Path temporary;

    @Test
    void everyConnectionGetsTheReplyToItsOwnRequest() throws Exception {
        race(settings -> settings, CONNECTIONS, 0, REQUESTS);
    }

    /** A server that mixes up its buffers sends a reader the reply to another's request, or a client's bytes as a reply. */
    @Test
    void requestsThatAreNoneDisturbNobody() throws Exception {
        spoil(REQUESTS);
    }

    @Test
    @Tag("long")
    void manyRequestsThatAreNoneDisturbNobody() throws Exception {
        spoil(20 * REQUESTS);
    }

    private void spoil(int requests) throws Exception {
        race(
                settings -> settings.withReads(reads ->
                        reads.withTime(Duration.ofMillis(SPOILED_MILLIS)).withConcurrentRequests(100 * CONNECTIONS)),
                SPOILED_CONNECTIONS,
                SPOILERS,
                requests);
    }

    private void race(UnaryOperator<NodeSettings> settings, int connections, int spoilers, int requests)
            throws Exception {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        Map<String, String> records = new HashMap<>();
        for (int i = 0; i < RECORDS; i++) {
            records.put("key" + i, "value" + i);
        }
        ExecutorService clients = Executors.newFixedThreadPool(connections + spoilers);
        AtomicBoolean isOver = new AtomicBoolean();
        try (TestNode node = TestNode.start(repository, settings.apply(TestNode.settings(temporary.resolve("data"))))) {
            VersionId version = repository.publish("text", records);
            repository.swap(version);
            node.awaitServed(version);
            List<Future<Integer>> spoiling = new ArrayList<>();
            for (int i = 0; i < spoilers; i++) {
                Spoiler spoiler = new Spoiler(node.port(), new Random(i), SPOILED_MILLIS);
                spoiling.add(clients.submit(() -> spoil(spoiler, isOver)));
            }
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Random random = new Random(i);
                tasks.add(() -> read(node.port(), random, requests));
            }
            for (Future<Integer> task : clients.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo(requests);
            }
            isOver.set(true);
            for (Future<Integer> spoiled : spoiling) {
                assertThat(spoiled.get()).isPositive();
            }
        } finally {
            isOver.set(true);
            clients.shutdownNow();
        }
    }

    private static int spoil(Spoiler spoiler, AtomicBoolean isOver) throws IOException {
        int spoiled = 0;
        while (!isOver.get()) {
            spoiler.spoil();
            spoiled++;
        }
        return spoiled;
    }

    private static int read(int port, Random random, int requests) throws IOException {
        int good = 0;
        try (RawConnection connection = new RawConnection(port)) {
            for (int i = 0; i < requests; i++) {
                int first = random.nextInt(RECORDS);
                int second = random.nextInt(RECORDS);
                if (i % 4 == 0) {
                    single(connection, first);
                } else {
                    batch(connection, first, second);
                }
                good++;
            }
        }
        return good;
    }

    private static void single(RawConnection connection, int key) throws IOException {
        RawConnection.Reply reply =
                send(connection, bytes("GET /v1/datasets/text/records/key" + key + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertThat(reply.body()).isEqualTo("\"value" + key + "\"");
    }

    private static void batch(RawConnection connection, int first, int second) throws IOException {
        String body = "{\"keys\":[\"key" + first + "\",\"none\",\"key" + second + "\"]}";
        RawConnection.Reply reply = send(
                connection,
                bytes(
                        "POST /v1/datasets/text/records:batchGet HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        List<String> values = new ArrayList<>();
        for (JsonNode found : Problems.json(reply.body()).get("found")) {
            values.add(found.get("value").asText());
        }
        assertThat(values).containsExactly("value" + first, "value" + second);
    }

    /** Sends a request again for as long as the server has too much to do for the short time that it may take. */
    private static RawConnection.Reply send(RawConnection connection, byte[] request) throws IOException {
        RawConnection.Reply reply;
        do {
            reply = connection.send(request, true);
        } while (reply.status() == 503 || reply.status() == 408);
        return reply;
    }

    private static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }
}
