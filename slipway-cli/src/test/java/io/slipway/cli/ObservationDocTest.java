package io.slipway.cli;

import static io.slipway.cli.PublishFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.slipway.serving.NodeSettings;
import io.slipway.testkit.Exposition;
import io.slipway.testkit.Exposition.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps dashboard, alerts and the table of metrics what a running server shows: one that has published, held, approved and
 * swapped, and has served hits, misses and errors.
 */
class ObservationDocTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");
    private static final Path DOCS = Path.of(System.getProperty("slipway.home"), "docs");

    @TempDir
    private static Path folder;

    private static AllInOne server;
    private static Exposition live;

    @BeforeAll
    static void serveAndUse() {
        server = AllInOne.start(
                folder.resolve("repository"),
                NodeSettings.of(folder.resolve("data")).withPorts(0, 0).withBindAddresses("127.0.0.1", "127.0.0.1"));
        publish("first", 100);
        awaitVersion(1);
        publish("second", 60);
        await().atMost(Duration.ofSeconds(20)).until(() -> held(metrics()) == 1);
        execute("approve", "d", "2", "--reason", "test", "--repository", repository());
        awaitVersion(2);
        publish("third", 10);
        await().atMost(Duration.ofSeconds(20)).until(() -> held(metrics()) == 1);
        for (String path :
                List.of("d/records/k1", "d/records/none", "d/records?limit=0", "nothing/records/k1", "d/x")) {
            get(server.readsUri().resolve("/v1/datasets/" + path));
        }
        live = metrics();
    }

    private static void publish(String name, int rows) {
        String lines =
                IntStream.range(0, rows).mapToObj(i -> "k" + i + "," + i + "\n").collect(Collectors.joining());
        try {
            Path input = Files.writeString(folder.resolve(name + ".csv"), "id,v\n" + lines);
            var published = execute(
                    "publish",
                    "--repository",
                    repository(),
                    "--dataset",
                    "d",
                    "--input",
                    input.toString(),
                    "--key",
                    "id");
            assertThat(published.code()).as(published.err()).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitVersion(long number) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(AssertionError.class)
                .until(() -> metrics().samples().stream()
                        .anyMatch(
                                sample -> sample.name().equals("slipway_dataset_version") && sample.value() == number));
    }

    private static double held(Exposition metrics) {
        return metrics.samples().stream()
                .filter(sample -> sample.name().equals("slipway_controller_held_versions"))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static String repository() {
        return folder.resolve("repository").toString();
    }

    private static Exposition metrics() {
        return Exposition.parse(get(server.adminUri().resolve("/metrics")));
    }

    private static String get(URI uri) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theServerHasCountedWhatHappened() {
        assertThat(live.value("slipway_dataset_version", "dataset", "d")).isEqualTo(2);
        assertThat(live.value("slipway_controller_gate_verdicts_total", "dataset", "d", "result", "held"))
                .isEqualTo(2);
        assertThat(live.value("slipway_controller_gate_verdicts_total", "dataset", "d", "result", "passed"))
                .isPositive();
        assertThat(live.value("slipway_controller_round_timestamp_seconds", "part", "repository"))
                .isBetween(System.currentTimeMillis() / 1000.0 - 60, System.currentTimeMillis() / 1000.0);
        for (String result : List.of("hit", "miss")) {
            assertThat(live.value("slipway_lookup_keys_total", "dataset", "d", "kind", "record", "result", result))
                    .isEqualTo(1);
        }
    }

    @Test
    void theDashboardShowsWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DOCS.resolve("grafana-dashboard.json").toFile());
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        Set<String> variables = new HashSet<>(dashboard.at("/templating/list").findValuesAsText("name"));
        assertThat(variables).contains("datasource", "dataset", "instance");
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        }
        assertThat(dashboard.findValuesAsText("uid")).containsOnly("slipway", "${datasource}");
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(30);
        expressions.forEach(expression -> {
            new PromQl(expression).check(live);
            Matcher used = Pattern.compile("\\$([a-z]+)").matcher(expression);
            while (used.find()) {
                assertThat(variables).as(expression).contains(used.group(1));
            }
        });
        for (JsonNode panel : dashboard.findParents("legendFormat")) {
            checkLegend(panel.get("expr").asText(), panel.get("legendFormat").asText());
        }
        for (String query : dashboard.findValuesAsText("definition")) {
            String[] metricAndLabel =
                    query.replaceAll("label_values\\((.*)\\)", "$1").split(", ");
            assertThat(live.labels(metricAndLabel[0]).contains(metricAndLabel[1])
                            || metricAndLabel[1].equals("instance"))
                    .as(query)
                    .isTrue();
        }
    }

    @Test
    void everyMetricOfOursIsOnTheDashboard() throws IOException {
        String dashboard = Files.readString(DOCS.resolve("grafana-dashboard.json"));
        assertThat(ours().keySet())
                .filteredOn(name -> !dashboard.contains(name))
                .isEmpty();
    }

    @Test
    void theAlertsAreAboutWhatThereIsAndInTheTable() throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(DOCS.resolve("alerts.yaml").toFile())
                .at("/groups/0/rules");
        List<String> names = new ArrayList<>();
        for (JsonNode rule : rules) {
            String expression = rule.get("expr").asText();
            names.add(rule.get("alert").asText());
            new PromQl(expression).check(live);
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            for (String text : List.of("summary", "description")) {
                assertThat(rule.at("/annotations/" + text).asText())
                        .as(expression)
                        .isNotEmpty();
                checkLegend(expression, rule.at("/annotations/" + text).asText());
            }
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        assertThat(rows("| `Slipway").stream().map(row -> codes(row.get(0)).get(0)))
                .containsExactlyElementsOf(names);
    }

    @Test
    void theTableHasEveryMetricOfOursWithItsLabels() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        for (List<String> row : rows("| `slipway_")) {
            for (String name : codes(row.get(0))) {
                assertThat(table.put(name, new TreeSet<>(codes(row.get(1)))))
                        .as(name)
                        .isNull();
            }
        }
        assertThat(table).isEqualTo(ours());
    }

    /** The metrics of ours that the server has, with their labels. */
    private static Map<String, Set<String>> ours() {
        Map<String, Set<String>> ours = new TreeMap<>();
        live.types().forEach((name, type) -> {
            if (name.startsWith("slipway_")) {
                String sample = type.equals("histogram") ? name + "_count" : name;
                ours.put(name, new TreeSet<>(live.labels(sample)));
            }
        });
        return ours;
    }

    private static void checkLegend(String expression, String legend) {
        Set<String> labels = new LinkedHashSet<>(new PromQl(expression).resultLabels(live));
        Matcher label = LEGEND.matcher(legend);
        while (label.find()) {
            assertThat(labels).as(legend + " of " + expression).contains(label.group(1));
        }
    }

    /** The cells of the rows of the operations guide that begin so. */
    private static List<List<String>> rows(String beginning) throws IOException {
        return Files.readAllLines(DOCS.resolve("operations.md")).stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> List.of(line.substring(1).split("\\|")))
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }
}
