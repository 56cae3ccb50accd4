package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.cli.BoundedComparison.Limits;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.serving.NodeSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedComparisonTest {

    private static final DatasetName D = new DatasetName("d");
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void publish() {
        fixture = new PublishFixture(folder);
        fixture.publish(fixture.file("1.csv", "id,name", "a,Ann", "b,Bob"), "--key", "id");
        fixture.publish(fixture.file("2.csv", "id,name", "a,Ann", "b,Ben"), "--key", "id");
    }

    @Test
    void theServerAnswersWithWhatTheCommandPrints() throws Exception {
        NodeSettings settings = NodeSettings.of(folder.resolve("node")).withPorts(0, 0);
        try (AllInOne server = AllInOne.start(fixture.repository(), settings)) {
            HttpResponse<String> reply = get(server, "/v1/datasets/d/diff?from=1&to=2&examples=1");
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(new ObjectMapper().readTree(reply.body()))
                    .isEqualTo(PublishFixture.execute(
                                    "diff",
                                    "d",
                                    "1",
                                    "2",
                                    "--json",
                                    "--repository",
                                    fixture.repository().toString())
                            .json());

            assertThat(get(server, "/v1/datasets/d/diff?from=1&to=9").statusCode())
                    .isEqualTo(404);
            assertThat(get(server, "/v1/datasets/d/diff?from=1").body()).contains("Parameter to is ''");
            assertThat(get(server, "/v1/datasets/d/diff?from=1&to=2&examples=101"))
                    .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400))
                    .satisfies(refused -> assertThat(refused.body()).contains("at most 100"));
            assertThat(get(server, "/v1/datasets/d/versions").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tooManyRecordsAreRefusedNamingTheLimit() {
        compare(new Limits(4, Duration.ofMinutes(1), 5), CLOCK, 1, 2);
        assertThatThrownBy(() -> compare(new Limits(3, Duration.ofMinutes(1), 5), CLOCK, 1, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("4 records would have to be read, and over REST at most 3 are."
                        + " Use `slipway diff d 1 2`, which has no limit.");
    }

    @Test
    void aComparisonThatTakesTooLongEndsNamingTheLimit() {
        AtomicLong seconds = new AtomicLong();
        InstantSource slow = () -> Instant.ofEpochSecond(seconds.getAndAdd(20));
        assertThatThrownBy(() -> compare(new Limits(100, Duration.ofSeconds(10), 5), slow, 1, 2))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("more than 10 s");
    }

    @Test
    void aVersionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> compare(Limits.DEFAULT, CLOCK, 9, 1)).isInstanceOf(NotFoundException.class);
    }

    private void compare(Limits limits, InstantSource clock, long from, long to) {
        try (OpenRepository opened = OpenRepository.of(fixture.repository());
                BoundedComparison comparison =
                        new BoundedComparison(opened, Optional.empty(), folder.resolve("comparisons"), limits, clock)) {
            assertThat(comparison.compare(D, from, to, 5).path("changed").asLong())
                    .isEqualTo(1);
        }
    }

    private static HttpResponse<String> get(AllInOne server, String path) throws Exception {
        URI uri = server.adminUri().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
