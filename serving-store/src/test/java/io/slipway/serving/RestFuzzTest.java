package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.slipway.model.VersionId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that nobody should send: whatever arrives, the reply is a good one or a problem document that blames the request,
 * it comes in time, and nothing is left behind. {@code -Dslipway.seed=…} repeats a run.
 */
class RestFuzzTest {

    private static final long LEFT_BEHIND_BYTES = 64 << 20;

    @TempDir
    private Path temporary;

    @Test
    void noRequestIsAnsweredWithAFailure() throws IOException {
        run(20_000);
    }

    @Test
    @Tag("long")
    void noneOfAMillionRequestsIsAnsweredWithAFailure() throws IOException {
        run(1_000_000);
    }

    private void run(int requests) throws IOException {
        long seed = Long.getLong("slipway.seed", requests);
        System.out.println("seed " + seed);
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        NodeSettings settings = TestNode.settings(temporary.resolve("data"))
                .withIdleTimeout(Duration.ofSeconds(2))
                .withReads(reads -> reads.withTime(Duration.ofSeconds(1))
                        .withConcurrentRequests(4)
                        .withBodyBytes(64 << 10)
                        .withKeyBytes(2000)
                        .withScanRecords(50));
        try (TestNode node = TestNode.start(repository, settings)) {
            for (VersionId version : publish(repository)) {
                repository.swap(version);
                node.awaitServed(version);
            }
            RequestFuzzer fuzzer = new RequestFuzzer(new Random(seed));
            fuzz(node, fuzzer, requests / 10);
            long[] before = held();
            fuzz(node, fuzzer, requests - requests / 10);
            long[] after = held();
            assertThat(after[0]).as("open files").isLessThan(before[0] + 20);
            assertThat(after[1]).as("threads").isLessThan(before[1] + 20);
            assertThat(after[2]).as("bytes of heap").isLessThan(before[2] + LEFT_BEHIND_BYTES);
            for (int i = 0; i < 20; i++) {
                assertThat(node.post("/v1/datasets/text/records:batchGet", "{\"keys\":[\"a\"]}")
                                .statusCode())
                        .as("every permit came back")
                        .isEqualTo(200);
            }
        }
    }

    private static void fuzz(TestNode node, RequestFuzzer fuzzer, int requests) throws IOException {
        try (RawConnection connection = new RawConnection(node.port())) {
            for (int i = 0; i < requests; i++) {
                byte[] request = fuzzer.next();
                RawConnection.Reply reply = connection.send(request, fuzzer.isFramed());
                check(reply, request);
            }
        }
    }

    private static void check(RawConnection.Reply reply, byte[] request) {
        if (reply.status() == 0) {
            return; // The connection was closed without a reply, as it may be when what came is no HTTP at all.
        }
        String what = new String(request, StandardCharsets.ISO_8859_1) + "\n=> " + reply;
        if (reply.status() >= 500) {
            assertThat(reply.status()).as(what).isEqualTo(503);
            boolean isHead = what.startsWith("HEAD ");
            assertThat(isHead ? "HEAD" : reply.body()).as(what).containsAnyOf("HEAD", "catalog-behind");
        }
        if (reply.status() >= 400 && !reply.body().isEmpty()) {
            assertThat(Problems.json(reply.body()).get("type").asText())
                    .as(what)
                    .startsWith("urn:slipway:problem:");
            assertThat(reply.body()).as(what).doesNotContain("Exception", ".java", "io.slipway");
        }
    }

    private static List<VersionId> publish(TestRepository repository) {
        Schema key = SchemaBuilder.record("Key")
                .fields()
                .requiredString("from")
                .requiredInt("day")
                .requiredBytes("raw")
                .endRecord();
        Schema inner = SchemaBuilder.record("Inner").fields().requiredInt("c").endRecord();
        Schema value = SchemaBuilder.record("Value")
                .fields()
                .requiredString("a")
                .name("b")
                .type(inner)
                .noDefault()
                .endRecord();
        Map<List<Object>, GenericData.Record> routes = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        Map<Long, String> numbers = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            GenericData.Record record = new GenericData.Record(value);
            GenericData.Record c = new GenericData.Record(inner);
            c.put("c", i);
            record.put("a", "a" + i);
            record.put("b", c);
            routes.put(List.of("LAX" + i % 7, i, new byte[] {0, (byte) i}), record);
            texts.put(i < 26 ? String.valueOf((char) ('a' + i)) : "key" + i, "value" + i);
            numbers.put(i - 50L, "n" + i);
        }
        return List.of(
                repository.publish("text", texts, 3),
                repository.publish(
                        "numbers",
                        Schema.create(Schema.Type.LONG),
                        TestRepository.STRING,
                        numbers,
                        2,
                        manifest -> manifest),
                repository.publish("routes", key, value, routes, 3, manifest -> manifest));
    }

    private static long[] held() {
        System.gc();
        return new long[] {
            ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0,
            ManagementFactory.getThreadMXBean().getThreadCount(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        };
    }
}
