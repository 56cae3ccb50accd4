package io.slipway.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The flights that ship with the project, read with nothing of Slipway's, to compute the same things once more. */
public final class FlightsByHand {

    private FlightsByHand() {}

    /** One line of the file, by its columns. */
    public record Line(String date, int delay, String origin, String destination) {

        /** As the job's key. */
        public String route() {
            return origin + "-" + destination;
        }
    }

    /** All of them. */
    public static List<Line> all() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(ExampleData.flights())), UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(columns -> new Line(columns[0], Integer.parseInt(columns[1]), columns[3], columns[4]))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
