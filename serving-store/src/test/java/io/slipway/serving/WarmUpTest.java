package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

    @TempDir
    private Path temporary;

    @Test
    void aVersionIsStagedWithTheKeysInMemoryThatWereAskedForLast() {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        VersionId first = repository.publish("pages", records("1"), 1);
        VersionId second = repository.publish("pages", records("2"), 1);
        repository.swap(first);
        try (TestNode node = TestNode.start(repository, temporary.resolve("data"))) {
            node.awaitServed(first);
            assertThat(cached(node, first, "key-00500")).as("nobody asked").isEqualTo(OpenVersion.NOT_CACHED);
            for (int i = 0; i < 1000; i++) {
                look(node, first, "key-00500");
            }
            assertThat(cached(node, first, "key-00500")).isPositive();

            repository.stage(second);
            node.node().nudge();
            node.awaitPhase(second, Phase.STAGED);
            repository.swap(second);
            node.awaitServed(second);
            assertThat(cached(node, second, "key-00500")).isPositive();
            assertThat(cached(node, second, "key-03000")).as("of another block").isEqualTo(OpenVersion.NOT_CACHED);
        }
    }

    private static Map<String, String> records(String value) {
        Map<String, String> records = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            records.put(String.format("key-%05d", i), value + "x".repeat(50) + i);
        }
        return records;
    }

    private static int cached(TestNode node, VersionId version, String key) {
        byte[] encoded = key.getBytes(StandardCharsets.UTF_8);
        try (Snapshot snapshot = node.node().snapshots().pin()) {
            return open(snapshot, version).getCached(encoded, 0, encoded.length, new byte[100]);
        }
    }

    private static void look(TestNode node, VersionId version, String key) {
        byte[] encoded = key.getBytes(StandardCharsets.UTF_8);
        try (Snapshot snapshot = node.node().snapshots().pin()) {
            assertThat(open(snapshot, version).find(encoded)).isPresent();
        }
    }

    private static OpenVersion open(Snapshot snapshot, VersionId version) {
        return snapshot.dataset(version.dataset().value())
                .flatMap(dataset -> dataset.version(version.number()))
                .orElseThrow();
    }
}
