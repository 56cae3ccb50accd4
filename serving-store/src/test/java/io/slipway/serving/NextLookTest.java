package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.VersionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NextLookTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path temporary;

    private final List<Long> glances = new ArrayList<>();

    @Test
    void aCatalogThatIsSeenEndsOneWaitAndNoSecond() throws InterruptedException {
        NextLook look = new NextLook(LONG, sequence -> glances.add(sequence) && sequence == 5);

        look.awaitAfter(4);
        assertThat(glances).containsExactly(5L);

        look.nudge();
        look.awaitAfter(4);
        assertThat(glances).as("it was announced already").containsExactly(5L);

        look.nudge();
        look.awaitAfter(5);
        assertThat(glances).containsExactly(5L, 6L);
    }

    @Test
    void whereNothingIsSeenTheIntervalEndsTheWait() throws InterruptedException {
        NextLook look = new NextLook(Duration.ofMillis(50), sequence -> !glances.add(sequence));

        look.awaitAfter(1);

        assertThat(glances).hasSize(3).containsOnly(2L);
    }

    @Test
    void aNodeShowsWhatAnotherProcessSwappedInLongBeforeItsInterval() {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        VersionId first = repository.publish("routes", Map.of("LAX", "one"));
        VersionId second = repository.publish("routes", Map.of("LAX", "two"));
        repository.swap(first);
        try (TestNode node = TestNode.start(
                repository, TestNode.settings(temporary.resolve("data")).withPollInterval(LONG))) {
            awaitServed(node, first);
            repository.swap(second);
            awaitServed(node, second);
        }
    }

    private static void awaitServed(TestNode node, VersionId version) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(node.served("routes")).isEqualTo(version.number()));
    }
}
