package io.slipway.examples;

import java.nio.file.Path;

/**
 * The input files that ship with the project, in {@code examples/data}. The launcher says where the project is by the
 * system property {@code slipway.home}; without it, that is the working directory.
 */
public final class ExampleData {

    private ExampleData() {}

    /** The flights of three months, see {@link Flight}. */
    public static Path flights() {
        return file("flights.csv.gz");
    }

    /** The airports of the United States, see {@link Airport}. */
    public static Path airports() {
        return file("airports.csv");
    }

    /** A week of page views, see {@link View}. */
    public static Path views() {
        return file("views.csv");
    }

    /** Those who viewed the pages, most of them, see {@link Viewer}. */
    public static Path viewers() {
        return file("viewers.csv");
    }

    private static Path file(String name) {
        return Path.of(System.getProperty("slipway.home", ""), "examples", "data", name);
    }
}
