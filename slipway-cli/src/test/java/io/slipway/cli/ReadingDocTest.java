package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slipway.serving.NodeSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs what {@code docs/reading.md} shows against a live server; what it prints has to be what the page says. A language
 * that this machine does not have is skipped.
 */
class ReadingDocTest {

    private static final Path HOME = Path.of(System.getProperty("slipway.home"));
    private static final String SERVER = "http://localhost:8080";
    private static final Pattern EXAMPLE =
            Pattern.compile("```(bash|python|javascript|java)\\n(.*?)```\\n\\n```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MAIN_CLASS = Pattern.compile("public class (\\w+)");
    private static final int SECONDS = 60;

    @TempDir
    private static Path folder;

    private static AllInOne server;

    /** An example: its language, its text, and what it prints. */
    private record Example(String language, String text, String printed) {
        @Override
        public String toString() {
            return language + ": " + text.lines().findFirst().orElse("");
        }
    }

    @BeforeAll
    static void serve() {
        publish("airports", "airports.csv", "iata");
        publish("flights", "flights.csv.gz", "origin,destination,date", "--duplicates", "first");
        server = AllInOne.start(
                folder.resolve("repo"), NodeSettings.of(folder.resolve("data")).withPorts(0, 0));
        for (String dataset : List.of("airports", "flights")) {
            await().atMost(Duration.ofSeconds(SECONDS)).until(() -> isServed(dataset));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Example> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(HOME.resolve("docs/reading.md")));
        return matcher.results().map(found -> new Example(found.group(1), found.group(2), found.group(3)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplePrintsWhatThePageSays(Example example) throws IOException, InterruptedException {
        String text = example.text()
                .replace(SERVER, "http://127.0.0.1:" + server.readsUri().getPort());

        assertThat(run(command(example.language(), text)).strip())
                .isEqualTo(example.printed().strip());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyExampleOfALanguageSaysWhatItPrints(String language) throws IOException {
        String page = Files.readString(HOME.resolve("docs/reading.md"));
        long shown = Pattern.compile("^```" + language + "$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .count();
        assertThat(examples().filter(example -> example.language().equals(language)))
                .hasSize((int) shown)
                .isNotEmpty();
    }

    static Stream<String> languages() {
        return Stream.of("bash", "python", "javascript", "java");
    }

    private static List<String> command(String language, String text) throws IOException {
        return switch (language) {
            case "python" -> List.of(installed("python3"), "-c", text);
            case "javascript" -> List.of(installed("node"), "--input-type=module", "-e", text);
            case "java" -> java(text);
            default -> {
                String unused = installed("curl");
                yield List.of(installed("bash"), "-c", text);
            }
        };
    }

    /** Runs a source file as a program, with the classes of this test. */
    private static List<String> java(String text) throws IOException {
        Matcher name = MAIN_CLASS.matcher(text);
        assertThat(name.find()).as("a public class").isTrue();
        Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), text);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    }

    private static String installed(String program) {
        boolean isThere = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        assumeThat(isThere).as("%s is installed", program).isTrue();
        return program;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "example", ".out");
        Path err = Files.createTempFile(folder, "example", ".err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    private static void publish(String dataset, String file, String key, String... more) {
        String input = HOME.resolve("examples/data/" + file).toString();
        String[] arguments = Stream.concat(
                        Stream.of(
                                "publish",
                                "--repository",
                                folder.resolve("repo").toString()),
                        Stream.concat(
                                Stream.of("--dataset", dataset, "--input", input, "--key", key, "--json"),
                                Stream.of(more)))
                .toArray(String[]::new);
        assertThat(PublishFixture.execute(arguments).code()).isZero();
    }

    private static boolean isServed(String dataset) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                server.readsUri().resolve("/v1/datasets/" + dataset).toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
