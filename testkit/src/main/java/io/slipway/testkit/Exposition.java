package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in Prometheus' text format, read strictly: what Prometheus would guess at or drop fails here. Immutable once it is
 * read.
 */
public final class Exposition {

    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\",?");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> endedFamilies = new HashSet<>();
    private String family = "";

    /** One value. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    private Exposition() {}

    /** Reads a text; an AssertionError names the line that is not as it should be. */
    public static Exposition parse(String text) {
        assertThat(text).as("the text's end").endsWith("\n");
        Exposition exposition = new Exposition();
        text.lines().forEach(exposition::line);
        assertThat(exposition.helps.keySet()).as("families with help").isEqualTo(exposition.types.keySet());
        exposition.checkHistograms();
        return exposition;
    }

    private void line(String line) {
        Matcher head = HEAD.matcher(line);
        if (head.matches()) {
            enter(head.group(2));
            Map<String, String> kind = head.group(1).equals("HELP") ? helps : types;
            assertThat(kind.put(head.group(2), head.group(3)))
                    .as("twice: " + line)
                    .isNull();
            assertThat(head.group(1).equals("HELP") || TYPES.contains(head.group(3)))
                    .as(line)
                    .isTrue();
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a sample: " + line).isTrue();
        add(sample.group(1), labels(Optional.ofNullable(sample.group(2)).orElse(""), line), sample.group(3), line);
    }

    private void enter(String name) {
        if (!name.equals(family)) {
            endedFamilies.add(family);
            assertThat(endedFamilies).as("families that are over").doesNotContain(name);
            family = name;
        }
    }

    private void add(String name, Map<String, String> labels, String value, String line) {
        String type = types.get(family);
        assertThat(type).as("the type before " + line).isNotNull();
        assertThat(suffixes(type).map(suffix -> family + suffix))
                .as("names in " + family)
                .contains(name);
        assertThat(seen.add(name + new TreeMap<>(labels))).as("once: " + line).isTrue();
        if (type.equals("counter")) {
            assertThat(name).as("a counter's name").endsWith("_total");
        }
        samples.add(new Sample(name, labels, number(value)));
    }

    private static java.util.stream.Stream<String> suffixes(String type) {
        return switch (type) {
            case "histogram" -> java.util.stream.Stream.of("_bucket", "_sum", "_count");
            case "summary" -> java.util.stream.Stream.of("", "_sum", "_count");
            default -> java.util.stream.Stream.of("");
        };
    }

    private static double number(String text) {
        return text.endsWith("Inf") ? Double.parseDouble(text + "inity") : Double.parseDouble(text);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            assertThat(labels.put(label.group(1), label.group(2)))
                    .as("once: " + line)
                    .isNull();
            end = label.end();
        }
        assertThat(end).as("the end of the labels in " + line).isEqualTo(text.length());
        return labels;
    }

    /** Buckets rise, and the last has all. */
    private void checkHistograms() {
        Map<String, Double> last = new LinkedHashMap<>();
        for (Sample sample : samples) {
            String of = sample.name.replaceAll("_(bucket|count)$", "");
            if (!"histogram".equals(types.get(of)) || sample.name.equals(of)) {
                continue;
            }
            Map<String, String> series = new TreeMap<>(sample.labels);
            boolean isBucket = series.remove("le") != null;
            double before = last.getOrDefault(of + series, 0.0);
            if (isBucket) {
                assertThat(sample.value).as(sample.toString()).isGreaterThanOrEqualTo(before);
                last.put(of + series, sample.value);
            } else {
                assertThat(sample.value).as(sample.toString()).isEqualTo(before);
            }
        }
    }

    /** All values. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The families by name, with their types; a counter's name ends in {@code _total}. */
    public Map<String, String> types() {
        return Map.copyOf(types);
    }

    /** The names of the labels that a sample's name ever has; none if there is no such sample. */
    public Set<String> labels(String name) {
        Set<String> labels = new HashSet<>();
        samples.stream()
                .filter(sample -> sample.name.equals(name))
                .forEach(sample -> labels.addAll(sample.labels.keySet()));
        return labels;
    }

    /** The one value with these labels, names and values in turn. */
    public double value(String name, String... labels) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        List<Sample> found = samples.stream()
                .filter(sample -> sample.name.equals(name) && sample.labels.equals(wanted))
                .toList();
        assertThat(found).as(name + wanted).hasSize(1);
        return found.get(0).value;
    }
}
