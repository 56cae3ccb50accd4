package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.ValueJson;
import io.slipway.sst.BundleReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway get}: looks a key up in the repository. */
@Command(
        name = "get",
        description = {
            "Looks a key up in the current version, or in the one that is named.",
            "One of the Kafka route is read from its topic for that, all of it: ask a node where there is one."
        })
final class GetCommand implements Callable<Integer> {

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private VersionOptions versions;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetNameConverter.class,
            description = "The dataset.")
    private DatasetName dataset;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY",
            description = "The key: one value for each of its fields.")
    private List<String> key;

    @Option(names = "--at", paramLabel = "VERSION", description = "The version to look in. Default: the current one.")
    private Long version;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenRepository opened = repository.open();
                OpenVersions reading = versions.open(opened, spec.commandLine())) {
            Manifest manifest = CommittedVersions.readable(opened, dataset, wanted(opened));
            KeyCodec keys = KeyCodec.of(manifest.keySchema());
            if (key.size() < keys.fields().size()) {
                throw new InvalidInputException(
                        "The key of " + dataset + " has " + keys.fields().size() + " fields, and " + key.size()
                                + " were given. Give one value for each.");
            }
            byte[] value = new BundleReader(reading.files(), manifest)
                    .get(keys.encodeText(key))
                    .orElseThrow(() -> new NotFoundException(
                            "There is no key " + String.join(", ", key) + " in " + manifest.version() + "."));
            byte[] json = ValueJson.of(manifest.valueSchema()).toJson(value);
            spec.commandLine().getOut().println(new String(json, StandardCharsets.UTF_8));
            return Failures.DONE;
        }
    }

    private long wanted(OpenRepository opened) {
        if (version != null) {
            return version;
        }
        DatasetEntry entry = opened.catalog().latest().datasetOrEmpty(dataset);
        return entry.current()
                .map(VersionEntry::number)
                .orElseThrow(() -> new NotFoundException("No version of " + dataset
                        + " is current. Start `slipway serve`, or name a version with --at."));
    }
}
