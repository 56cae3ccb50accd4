package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway datasets}: what is in a repository. */
@Command(name = "datasets", description = "Lists the datasets of a repository.")
final class DatasetsCommand implements Callable<Integer> {

    @Mixin
    private RepositoryOption repository;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenRepository opened = repository.open()) {
            ArrayNode document = JsonNodeFactory.instance.arrayNode();
            TextTable table = new TextTable("lrrr", "DATASET", "CURRENT", "RECORDS", "VERSIONS");
            for (DatasetName dataset : opened.views().datasets()) {
                add(dataset, opened.views().of(dataset), document.addObject(), table);
            }
            if (json) {
                JsonOutput.print(spec.commandLine().getOut(), document);
            } else {
                table.print(spec.commandLine().getOut());
            }
            return Failures.DONE;
        }
    }

    private static void add(DatasetName dataset, List<VersionView> versions, ObjectNode entry, TextTable table) {
        Optional<VersionView> current = versions.stream()
                .filter(version -> version.state() == VersionState.CURRENT)
                .findFirst();
        Optional<Long> records = current.flatMap(VersionView::manifest)
                .map(manifest -> manifest.digest().records());
        entry.put("dataset", dataset.value());
        current.ifPresent(version -> entry.put("current", version.version().number()));
        records.ifPresent(count -> entry.put("records", count));
        entry.put("versions", versions.size());
        table.add(
                dataset,
                current.map(version -> String.valueOf(version.version().number()))
                        .orElse("-"),
                records.map(count -> String.format("%,d", count)).orElse("-"),
                versions.size());
    }
}
