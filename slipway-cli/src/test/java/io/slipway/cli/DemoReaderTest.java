package io.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.examples.delays.RouteDelays;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the demo's readers find wrong, with a node that answers whatever a test wants. */
class DemoReaderTest {

    private static final String ROUTE = "LAX-PHX";
    private static final RouteDelays OLD = new RouteDelays(1, 1.5, 1, 1, 1, List.of());
    private static final RouteDelays NEW = new RouteDelays(2, 2.5, 2, 2, 1, List.of());
    private static final String OLD_JSON = json(OLD);
    private static final String NEW_JSON = json(NEW);

    private final DemoTally tally = new DemoTally(InstantSource.system());
    private HttpServer node;
    private volatile Answer single = new Answer(200, 1, OLD_JSON);
    private volatile Answer batch = batch(1, 1, OLD_JSON);
    private volatile int allowed;
    private DemoReader reader;

    /** What the node says. */
    private record Answer(int status, long version, String body) {}

    @BeforeEach
    void start() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/v1/datasets/route-delays/records/", exchange -> reply(exchange, single));
        node.createContext("/v1/datasets/route-delays/records:batchGet", exchange -> reply(exchange, batch));
        node.start();
        reader = new DemoReader(
                new DemoClient(
                        URI.create("http://127.0.0.1:" + node.getAddress().getPort()), "route-delays"),
                new DemoAnswers(Map.of(ROUTE, OLD), Map.of(ROUTE, NEW)),
                List.of(ROUTE),
                tally,
                new SplittableRandom(1),
                () -> allowed);
    }

    @AfterEach
    void stop() {
        node.stop(0);
    }

    @Test
    void rightRepliesAreRight() throws InterruptedException {
        assertThat(reader.readSome()).isZero();

        assertThat(summary()).contains("lookups: 10", "errors: 0", "mixed replies: 0", "versions seen: 1");
        assertThat(tally.isClean()).isTrue();
    }

    @Test
    void aStepThatMayHaveHappenedIsRight() throws InterruptedException {
        reader.readSome();
        allowed = 1;
        single = new Answer(200, 2, NEW_JSON);
        batch = batch(2, 2, NEW_JSON);

        assertThat(reader.readSome()).isEqualTo(1);
        assertThat(summary()).contains("errors: 0", "mixed replies: 0", "versions seen: 1, 2");
    }

    @Test
    void aValueOfAnotherVersionThanTheReplySaysIsMixed() throws InterruptedException {
        batch = batch(1, 1, NEW_JSON);

        reader.readSome();

        assertThat(summary()).contains("errors: 0", "mixed replies: 1");
    }

    @Test
    void aBodyOfAnotherVersionThanTheHeaderIsMixed() throws InterruptedException {
        batch = batch(1, 2, OLD_JSON);

        reader.readSome();

        assertThat(summary()).contains("errors: 0", "mixed replies: 1");
    }

    @Test
    void aVersionThatCannotBeThereYetIsAnError() throws InterruptedException {
        single = new Answer(200, 2, NEW_JSON);

        reader.readSome();

        assertThat(summary()).contains("errors: 9", "mixed replies: 0");
    }

    @Test
    void goingBackBeforeTheRollbackIsAnError() throws InterruptedException {
        allowed = 1;
        single = new Answer(200, 2, NEW_JSON);

        assertThat(reader.readSome()).isEqualTo(1);

        assertThat(summary()).contains("errors: 1", "mixed replies: 0");
    }

    @Test
    void goingForwardAfterTheRollbackIsAnError() throws InterruptedException {
        allowed = 2;
        single = new Answer(200, 2, NEW_JSON);
        assertThat(reader.readSome()).isEqualTo(2);

        reader.readSome();

        assertThat(summary()).contains("errors: 9", "mixed replies: 0");
    }

    @Test
    void aWrongValueAMissingOneAndAFailureAreErrors() throws InterruptedException {
        single = new Answer(200, 1, json(new RouteDelays(3, 3, 3, 3, 1, List.of())));
        batch = new Answer(200, 1, "{\"version\":1,\"found\":[],\"missing\":[\"LAX-PHX\"]}");
        reader.readSome();
        assertThat(summary()).contains("errors: 10", "mixed replies: 0");

        single = new Answer(503, 0, "{}");
        reader.readSome();
        assertThat(summary()).contains("errors: 20", "mixed replies: 0");

        node.stop(0);
        reader.readSome();
        assertThat(summary()).contains("errors: 30", "mixed replies: 0");
        assertThat(tally.isClean()).isFalse();
    }

    private List<String> summary() {
        return tally.summary(Duration.ofSeconds(1));
    }

    private static Answer batch(long headerVersion, long bodyVersion, String value) {
        return new Answer(
                200,
                headerVersion,
                "{\"version\":%d,\"found\":[{\"key\":\"%s\",\"value\":%s}],\"missing\":[]}"
                        .formatted(bodyVersion, ROUTE, value));
    }

    private static String json(RouteDelays delays) {
        return "{\"flights\":%d,\"meanDelay\":%s,\"medianDelay\":%d,\"delay95\":%d,\"onTimeShare\":%s,\"parts\":[]}"
                .formatted(
                        delays.flights(),
                        delays.meanDelay(),
                        delays.medianDelay(),
                        delays.delay95(),
                        delays.onTimeShare());
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Slipway-Version", String.valueOf(answer.version()));
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
