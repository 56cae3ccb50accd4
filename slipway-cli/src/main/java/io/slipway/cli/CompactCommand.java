package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.sst.Compaction;
import io.slipway.sst.DeltaChain;
import io.slipway.sst.VersionFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway compact}: makes a full version of a delta. */
@Command(
        name = "compact",
        description = {
            "Publishes a full version with the records of a delta and of all that it is built on, so that further deltas can"
                    + " follow and new nodes have less to fetch.",
            "It becomes current as any version does. Repeated, it names the version that it made before."
        })
final class CompactCommand implements Callable<Integer> {

    @Mixin
    private RepositoryOption repository;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetNameConverter.class,
            description = "The dataset.")
    private DatasetName dataset;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "The number of the delta. Default: the current version.")
    private Long version;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenRepository opened = repository.open()) {
            VersionId delta = new VersionId(dataset, version == null ? current(opened) : version);
            Manifest made = compact(opened, delta);
            if (json) {
                JsonOutput.print(spec.commandLine().getOut(), VersionView.manifestJson(made));
            } else {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "Compacted %s to version %d: records %,d, bytes %,d, digest %s.%n",
                                delta,
                                made.version().number(),
                                made.digest().records(),
                                made.bytes(),
                                made.digest().hex());
            }
            return Failures.DONE;
        }
    }

    private static Manifest compact(OpenRepository opened, VersionId delta) {
        Compaction compaction =
                new Compaction(VersionFiles.of(opened.repository()), opened.catalog(), Publishers.into(opened));
        Manifest manifest = CommittedVersions.readable(opened, delta.dataset(), delta.number());
        long most = DeltaChain.of(opened.repository(), manifest).manifests().stream()
                .mapToLong(part -> part.digest().records())
                .sum();
        try (Progress progress = Progress.ofRecords("Compacting", most)) {
            return compaction.compact(delta, progress::advance).manifest();
        }
    }

    private long current(OpenRepository opened) {
        return opened.catalog()
                .latest()
                .datasetOrEmpty(dataset)
                .current()
                .orElseThrow(() -> new NotFoundException(
                        "No version of " + dataset + " is current. Name one; see `slipway versions " + dataset + "`."))
                .number();
    }
}
