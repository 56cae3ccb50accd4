package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers hammer a node while versions of a group of two are swapped in and retired: no error, no reply that mixes
 * versions, no version that goes backward, no lookup in a closed database (which would end the process).
 */
class SwapConcurrencyTest {

    private static final int KEYS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong replies = new AtomicLong();
    private final Queue<Object> problems = new ConcurrentLinkedQueue<>();

    @Test
    void readersNeverNoticeASwap() throws InterruptedException {
        swapUnderLoad(12);
    }

    @Test
    @Tag("long")
    void readersNeverNoticeManySwaps() throws InterruptedException {
        swapUnderLoad(400);
    }

    private void swapUnderLoad(int swaps) throws InterruptedException {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        List<VersionId> left = new ArrayList<>();
        List<VersionId> right = new ArrayList<>();
        for (int i = 1; i <= swaps; i++) {
            left.add(publish(repository, "left", i));
            right.add(publish(repository, "right", i));
        }
        repository.swap(left.get(0), right.get(0));
        try (TestNode node = TestNode.start(repository, temporary.resolve("data"))) {
            node.awaitServed(left.get(0));
            node.awaitServed(right.get(0));
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(start(() -> readInProcess(node)));
                readers.add(start(() -> readOverHttp(node)));
            }
            for (int i = 1; i < swaps; i++) {
                repository.swap(left.get(i), right.get(i));
                node.awaitServed(left.get(i));
                repository.force(left.get(i - 1), VersionState.RETIRED);
                repository.force(right.get(i - 1), VersionState.RETIRED);
            }
            stop.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(replies.get()).isGreaterThan(swaps);
    }

    private static VersionId publish(TestRepository repository, String dataset, int number) {
        Map<String, String> records = new TreeMap<>();
        for (int key = 0; key < KEYS; key++) {
            records.put("key-" + key, number + ":" + key);
        }
        return repository.publish(dataset, records);
    }

    private Thread start(Runnable reader) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!stop.get() && problems.isEmpty()) {
                            reader.run();
                        }
                    } catch (RuntimeException | AssertionError e) {
                        problems.add(e);
                    }
                },
                "reader");
        thread.start();
        return thread;
    }

    private void readInProcess(TestNode node) {
        long newest = 0;
        byte[] value = new byte[64];
        for (int round = 0; round < 100; round++) {
            try (Snapshot snapshot = node.node().snapshots().pin()) {
                OpenVersion left = current(snapshot, "left");
                OpenVersion right = current(snapshot, "right");
                long number = left.id().number();
                assertThat(right.id().number()).as("the group changes together").isEqualTo(number);
                assertThat(number).as("never backward").isGreaterThanOrEqualTo(newest);
                newest = number;
                for (int key = 0; key < KEYS; key += 7) {
                    byte[] encoded = ("key-" + key).getBytes(StandardCharsets.UTF_8);
                    OpenVersion version = key % 2 == 0 ? left : right;
                    int length = version.get(encoded, 0, encoded.length, value);
                    assertThat(new String(value, 1, length - 1, StandardCharsets.UTF_8))
                            .isEqualTo(number + ":" + key);
                }
            }
            replies.incrementAndGet();
        }
    }

    private static OpenVersion current(Snapshot snapshot, String dataset) {
        return snapshot.dataset(dataset).flatMap(served -> served.current()).orElseThrow();
    }

    private void readOverHttp(TestNode node) {
        var reply =
                node.post("/v1/datasets/left/records:batchGet", "{\"keys\":[\"key-1\",\"key-2\",\"none\",\"key-3\"]}");
        String version = reply.headers().firstValue("slipway-version").orElse("none");
        JsonNode body = read(reply.body());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(body.get("version").asText()).isEqualTo(version);
        assertThat(body.get("found")).hasSize(3);
        body.get("found")
                .forEach(found -> assertThat(found.get("value").asText()).startsWith(version + ":"));
        var single = node.get("/v1/datasets/right/records/key-5");
        assertThat(single.body())
                .isEqualTo("\"" + single.headers().firstValue("slipway-version").orElse("none") + ":5\"");
        replies.incrementAndGet();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
