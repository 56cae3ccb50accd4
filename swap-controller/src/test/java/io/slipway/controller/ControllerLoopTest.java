package io.slipway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ControllerLoopTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(ControllerLoop.class);

    @TempDir
    private Path folder;

    private final FakeTopics topics = new FakeTopics();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private Harbour harbour;

    @BeforeEach
    void open() {
        harbour = new Harbour(folder);
        said.start();
        LOG.addAppender(said);
    }

    @AfterEach
    void close() {
        LOG.detachAppender(said);
        harbour.close();
    }

    @Test
    void aClusterThatIsAwayIsSaidOnceAndAgainOnlyAfterItWasBack() {
        topics.goAway();
        try (ControllerLoop loop = start()) {
            await().until(() -> topics.refusals() > 5);
            assertThat(warnings()).hasSize(1);
            assertThat(warnings().get(0)).contains("topic controller", "The cluster is away, try 1.");

            harbour.operations().set(Harbour.ROUTES, Map.of("route", "kafka"), "ann", "");
            topics.comeBack();
            await().until(() -> topics.summary("routes").isPresent());
            int refusals = topics.refusals();
            topics.goAway();
            await().until(() -> topics.refusals() > refusals + 2);
            assertThat(warnings()).hasSize(2);
            loop.wake();
        }
    }

    private ControllerLoop start() {
        TopicController controller = new TopicController(
                topics, harbour.repository, harbour.catalog, List.of(), harbour.clock(), "controller");
        return ControllerLoop.start(controller, Duration.ofMillis(1), () -> {});
    }

    private List<String> warnings() {
        return List.copyOf(said.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
