package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.model.DatasetName;
import io.slipway.model.manifest.Manifest;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway versions}: the versions of a dataset, and what became of each. */
@Command(name = "versions", description = "Lists the versions of a dataset, newest first, with state and reason.")
final class VersionsCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @Mixin
    private RepositoryOption repository;

    @Parameters(paramLabel = "DATASET", converter = DatasetNameConverter.class, description = "The dataset.")
    private DatasetName dataset;

    @Option(names = "--gates", description = "Also show what the gates found, and who approved what they held.")
    private boolean gates;

    @Option(names = "--json", description = "Print one JSON document; what the gates found is always in it.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenRepository opened = repository.open()) {
            List<VersionView> versions = opened.views().of(dataset);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                ArrayNode document = JsonNodeFactory.instance.arrayNode();
                versions.forEach(version -> document.add(version.toJson()));
                JsonOutput.print(out, document);
            } else if (versions.isEmpty()) {
                spec.commandLine().getErr().println("There is no version of " + dataset + ".");
            } else {
                print(versions, out);
                if (gates) {
                    GatesTable.print(versions, out);
                }
            }
            return Failures.DONE;
        }
    }

    private static void print(List<VersionView> versions, PrintWriter out) {
        TextTable table = new TextTable(
                "rllrlrrll",
                "VERSION",
                "STATE",
                "SINCE",
                "RECORDS",
                "CHANGES",
                "PARTITIONS",
                "BYTES",
                "DIGEST",
                "LABEL");
        for (VersionView version : versions) {
            table.add(
                    version.version().number(),
                    version.state() + notes(version),
                    version.since()
                            .map(since -> TIME.format(since.atZone(ZoneId.systemDefault())))
                            .orElse("-"),
                    cell(version, manifest -> records(version, manifest)),
                    cell(version, VersionsCommand::changes),
                    cell(
                            version,
                            manifest -> String.valueOf(manifest.partitions().size())),
                    cell(version, manifest -> String.format("%,d", manifest.bytes())),
                    cell(version, manifest -> manifest.digest().hex()),
                    cell(version, manifest -> manifest.provenance().label()));
        }
        table.print(out);
        for (VersionView version : versions) {
            if (!version.reason().isEmpty()) {
                out.println("Version " + version.version().number() + ": " + version.reason());
            }
        }
        out.flush();
    }

    private static String notes(VersionView version) {
        return (version.bad() ? " (rolled back from)" : "") + (version.review().pinned() ? " (pinned)" : "");
    }

    /** How many records readers find; of a delta that is known once it was staged. */
    private static String records(VersionView version, Manifest manifest) {
        if (manifest.delta().isEmpty()) {
            return String.format("%,d", manifest.digest().records());
        }
        return version.result()
                .map(result -> String.format("%,d", result.records()))
                .orElse("-");
    }

    private static String changes(Manifest manifest) {
        return manifest.delta()
                .map(delta -> String.format(
                        "on %d: %,d puts, %,d deletes",
                        delta.base(), manifest.digest().records() - delta.deletes(), delta.deletes()))
                .orElse("-");
    }

    private static String cell(VersionView version, java.util.function.Function<Manifest, String> text) {
        return version.manifest().map(text).orElse("-");
    }
}
