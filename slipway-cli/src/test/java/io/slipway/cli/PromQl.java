package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.testkit.Exposition;
import io.slipway.testkit.Exposition.Sample;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression in as much of Prometheus' language as the dashboard and the alerts use; what it does not know fails. */
record PromQl(String text) {

    private static final Set<String> FUNCTIONS =
            Set.of("sum", "max", "min", "rate", "increase", "changes", "histogram_quantile", "time", "label_values");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "on", "by");
    /** What Prometheus itself adds. */
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

    private static final Pattern GROUPING = Pattern.compile("\\b(by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.$])([a-zA-Z_][a-zA-Z0-9_]*)\\s*(\\(|\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|=)\"([^\"]*)\",?");

    /** Fails unless all metrics, labels and values of labels that it names are among the metrics. */
    void check(Exposition live) {
        assertThat(text.chars().filter(c -> c == '(').count())
                .as(text)
                .isEqualTo(text.chars().filter(c -> c == ')').count());
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        selectors().forEach((metric, matchers) -> {
            if (metric.equals("up")) {
                return; // Prometheus' own.
            }
            assertThat(live.samples())
                    .as(metric + " in " + text)
                    .anyMatch(sample -> sample.name().equals(metric));
            labels.addAll(live.labels(metric));
            matchers.forEach(matcher -> check(metric, matcher, live));
        });
        groupings().forEach(label -> assertThat(labels).as("labels in " + text).contains(label));
    }

    private void check(String metric, List<String> matcher, Exposition live) {
        String label = matcher.get(0);
        if (OF_PROMETHEUS.contains(label)) {
            return;
        }
        assertThat(live.labels(metric)).as(metric + " in " + text).contains(label);
        if (!matcher.get(2).contains("$")) {
            for (String value : matcher.get(2).split("\\|")) {
                assertThat(live.samples().stream()
                                .filter(sample -> sample.name().equals(metric))
                                .map(Sample::labels))
                        .as(metric + "{" + label + "} in " + text)
                        .anyMatch(found -> value.equals(found.get(label)));
            }
        }
    }

    /** The labels that its results have. */
    Set<String> resultLabels(Exposition live) {
        if (!GROUPING.matcher(text).find()) {
            Set<String> labels = new HashSet<>(OF_PROMETHEUS);
            selectors().keySet().forEach(metric -> labels.addAll(live.labels(metric)));
            return labels;
        }
        return groupings();
    }

    private Set<String> groupings() {
        Set<String> labels = new HashSet<>();
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            Arrays.stream(grouping.group(2).split(",")).map(String::strip).forEach(labels::add);
        }
        return labels;
    }

    /** The metrics that it names, each with its matchers: label, operator, value. */
    private Map<String, Set<List<String>>> selectors() {
        Map<String, Set<List<String>>> selectors = new LinkedHashMap<>();
        String rest = RANGE.matcher(GROUPING.matcher(text).replaceAll("")).replaceAll("");
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if ("(".equals(name.group(2))) {
                assertThat(FUNCTIONS.contains(name.group(1)) || OPERATORS.contains(name.group(1)))
                        .as(name.group(1) + " in " + text)
                        .isTrue();
            } else if (!OPERATORS.contains(name.group(1))) {
                Set<List<String>> of = selectors.computeIfAbsent(name.group(1), unseen -> new HashSet<>());
                of.addAll(matchers(name.group(3) == null ? "" : name.group(3)));
            }
        }
        assertThat(selectors).as(text).isNotEmpty();
        return selectors;
    }

    private Set<List<String>> matchers(String braces) {
        Set<List<String>> matchers = new HashSet<>();
        Matcher matcher = MATCHER.matcher(braces);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            matchers.add(List.of(matcher.group(1), matcher.group(2), matcher.group(3)));
            end = matcher.end();
        }
        assertThat(end).as("matchers in " + text).isEqualTo(braces.length());
        return matchers;
    }
}
