package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.VersionState;
import io.slipway.serving.NodeSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes with SIGKILL, and looks at what readers and operators see. */
class KillTest {

    private static final int ROWS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern READS = Pattern.compile("Serving .* at (http://\\S+)");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path repository;
    private Path input;

    @BeforeEach
    void writeInput() throws IOException {
        repository = folder.resolve("repository");
        input = folder.resolve("input.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(input)) {
            writer.write("id,count\n");
            for (int i = 0; i < ROWS; i++) {
                writer.write("key-" + i * 7919L % ROWS + "," + i + "\n");
            }
        }
    }

    @Test
    void aKilledPublishShowsNothingAndItsRepeatCompletesOnce() {
        killPublishAtMoments(3);
    }

    @Test
    @Tag("long")
    void aKilledPublishShowsNothingAtTwentyMoments() {
        killPublishAtMoments(20);
    }

    @Test
    void aKilledServerServesTheSameVersionAgainWithoutItsRepository() throws IOException {
        publishInProcess("users", "night-1");
        Path data = folder.resolve("data");
        String before;
        try (SlipwayProcess serve = serve(data)) {
            before = awaitValue(serve, "key-4711");
            serve.kill();
        }
        Files.move(repository, folder.resolve("elsewhere"));

        try (SlipwayProcess serve = serve(data)) {
            assertThat(awaitValue(serve, "key-4711")).isEqualTo(before).contains("count");
            assertThat(repository).doesNotExist();
        }
    }

    private void killPublishAtMoments(int moments) {
        long whole = millisOfAWholePublish();
        int unfinished = 0;
        NodeSettings settings = NodeSettings.of(folder.resolve("node")).withPorts(0, 0);
        try (AllInOne server = AllInOne.start(repository, settings)) {
            for (int i = 0; i < moments; i++) {
                String dataset = "killed-" + i;
                killPublish(dataset, whole * (i + 1) / (moments + 1));
                unfinished += checkNothingHalfDone(server.readsUri(), dataset);
                publishInProcess(dataset, "night-1");
                publishInProcess(dataset, "night-1");
                assertThat(committed(dataset))
                        .as("committed versions of %s", dataset)
                        .hasSize(1);
                await().atMost(PATIENCE)
                        .until(() -> get(server.readsUri(), dataset, "key-1").statusCode() == 200);
            }
        }
        assertThat(unfinished).as("kills before the commit").isPositive();
    }

    /** A killed publish left no version, or, if it was killed after its commit, a whole one. Returns 1 for no version. */
    private int checkNothingHalfDone(URI reads, String dataset) {
        if (committed(dataset).isEmpty()) {
            assertThat(get(reads, dataset, "key-1").statusCode())
                    .as("a read of %s after the kill", dataset)
                    .isIn(404, 503);
            return 1;
        }
        String[] verify = {"verify", dataset, "1", "--deep", "--repository", repository.toString()};
        assertThat(Slipway.commandLine().execute(verify)).isZero();
        return 0;
    }

    private long millisOfAWholePublish() {
        long start = System.nanoTime();
        try (SlipwayProcess publish = SlipwayProcess.start(folder, publishArguments("whole", "night-1"))) {
            assertThat(publish.exitCode()).as(publish.output()).isZero();
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void killPublish(String dataset, long millis) {
        try (SlipwayProcess publish = SlipwayProcess.start(folder, publishArguments(dataset, "night-1"))) {
            publish.awaitEnd(millis);
            publish.kill();
        }
    }

    private List<VersionView> committed(String dataset) {
        try (OpenRepository opened = OpenRepository.of(repository)) {
            Set<VersionState> unseen = Set.of(VersionState.CLAIMED, VersionState.ABORTED);
            return opened.views().of(new DatasetName(dataset)).stream()
                    .filter(version -> !unseen.contains(version.state()))
                    .toList();
        }
    }

    private void publishInProcess(String dataset, String runId) {
        assertThat(Slipway.commandLine().execute(publishArguments(dataset, runId)))
                .isZero();
    }

    private String[] publishArguments(String dataset, String runId) {
        return new String[] {
            "publish",
            "--repository",
            repository.toString(),
            "--dataset",
            dataset,
            "--input",
            input.toString(),
            "--key",
            "id",
            "--run-id",
            runId,
            "--json"
        };
    }

    private SlipwayProcess serve(Path data) {
        return SlipwayProcess.start(
                folder,
                "serve",
                "--repository",
                repository.toString(),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--admin-port",
                "0");
    }

    private String awaitValue(SlipwayProcess serve, String key) {
        await().atMost(PATIENCE).until(() -> READS.matcher(serve.output()).find());
        Matcher matcher = READS.matcher(serve.output());
        assertThat(matcher.find()).isTrue();
        URI reads = URI.create(matcher.group(1));
        await().atMost(PATIENCE).until(() -> get(reads, "users", key).statusCode() == 200);
        return get(reads, "users", key).body();
    }

    private HttpResponse<String> get(URI reads, String dataset, String key) {
        try {
            URI uri = reads.resolve("/v1/datasets/" + dataset + "/records/" + key);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
