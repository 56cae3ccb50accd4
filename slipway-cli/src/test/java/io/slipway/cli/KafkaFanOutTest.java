package io.slipway.cli;

import static io.slipway.cli.KafkaFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.examples.bulk.BulkSubscriber;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One publish over Kafka, from which a node serves and another subscriber has its own. */
class KafkaFanOutTest {

    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    @Test
    void aSubscribersDocumentsAreWhatTheNodeServes() throws IOException {
        KafkaFixture fixture = new KafkaFixture(folder);
        Path input = fixture.file(
                "input.csv",
                Stream.concat(Stream.of("id,name"), IntStream.range(0, ROWS).mapToObj(i -> "key-" + i + ",name " + i))
                        .toArray(String[]::new));
        fixture.publish("d", input, "--partitions", "3");

        List<String> lines;
        try (BulkSubscriber subscriber =
                BulkSubscriber.open(fixture.settings(), new DatasetName("d"), folder.resolve("bulk"))) {
            lines = Files.readAllLines(subscriber.writeNext(Duration.ZERO).orElseThrow());
        }

        assertThat(lines).hasSize(2 * ROWS);
        try (AllInOne server = fixture.serve()) {
            fixture.awaitState("d", 1, VersionState.CURRENT);
            await().atMost(PATIENCE)
                    .until(() -> fixture.get(server, "d", "key-1").statusCode() == 200);
            ObjectMapper json = new ObjectMapper();
            for (int i = 0; i < lines.size(); i += 2) {
                String key = json.readTree(lines.get(i)).at("/index/_id").asText();
                assertThat(json.readTree(lines.get(i + 1)))
                        .as(key)
                        .isEqualTo(json.readTree(fixture.get(server, "d", key).body()));
            }
        }
    }
}
