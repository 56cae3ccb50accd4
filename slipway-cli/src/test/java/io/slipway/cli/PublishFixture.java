package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs commands in this process on a repository and files in a folder. */
final class PublishFixture {

    private final Path folder;

    PublishFixture(Path folder) {
        this.folder = folder;
    }

    /** What a command said, and how it ended. */
    record Outcome(int code, String out, String err) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Outcome execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Slipway.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Publishes a file to the dataset {@code d}, with further options. */
    Outcome publish(Path input, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("publish", "--repository", repository().toString(), "--dataset", "d"));
        arguments.addAll(List.of("--scratch", folder.resolve("scratch").toString(), "--input", input.toString()));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    /** What a lookup in a version gives. */
    String get(long version, String... key) {
        List<String> arguments = new ArrayList<>(
                List.of("get", "--repository", repository().toString(), "--at", String.valueOf(version), "d"));
        arguments.addAll(List.of(key));
        return execute(arguments.toArray(String[]::new)).out().strip();
    }

    Path repository() {
        return folder.resolve("repository");
    }

    Path file(String name, String... lines) {
        try {
            return Files.write(folder.resolve(name), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the manifests of committed versions. */
    List<Path> committed() {
        if (!Files.isDirectory(repository())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(repository())) {
            return files.filter(file -> file.endsWith("manifest.json"))
                    .filter(file -> !isAbort(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the catalog say that a version went through these states. */
    void record(long number, String reason, VersionState... states) {
        try (OpenRepository opened = OpenRepository.of(repository())) {
            opened.catalog().update("test", "record", "", catalog -> {
                DatasetEntry dataset = catalog.datasetOrEmpty(new DatasetName("d"));
                VersionEntry version = VersionEntry.committed(number, "", Instant.EPOCH);
                for (VersionState state : states) {
                    version = version.to(state, Instant.EPOCH, reason);
                }
                return catalog.with(dataset.with(version));
            });
        }
    }

    private static boolean isAbort(Path manifest) {
        try {
            return Files.readString(manifest).contains("\"aborted\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
