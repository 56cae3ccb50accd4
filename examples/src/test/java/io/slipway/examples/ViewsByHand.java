package io.slipway.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views and viewers that come with Slipway, read with nothing of Slipway. */
public final class ViewsByHand {

    /** A view as text. */
    public record Line(String viewer, String page, String at) {}

    private ViewsByHand() {}

    /** All views. */
    public static List<Line> all() {
        return lines("views.csv").stream()
                .map(line -> line.split(","))
                .map(fields -> new Line(fields[0], fields[1], fields[2]))
                .toList();
    }

    /** The fields of viewers by their name: name, year of birth, country. */
    public static Map<String, String[]> viewers() {
        Map<String, String[]> viewers = new HashMap<>();
        lines("viewers.csv").forEach(line -> viewers.put(line.split(",")[0], line.split(",")));
        return viewers;
    }

    private static List<String> lines(String file) {
        try {
            List<String> lines = Files.readAllLines(ExampleData.views().resolveSibling(file));
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
