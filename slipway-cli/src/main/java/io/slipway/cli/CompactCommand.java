package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.VersionView;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Setting;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Route;
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
            "It is published on the route of the dataset, and becomes current as any version does. Repeated, it names the"
                    + " version that it made before."
        })
final class CompactCommand implements Callable<Integer> {

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
        try (OpenRepository opened = repository.open();
                OpenVersions reading = versions.open(opened, spec.commandLine())) {
            VersionId delta = new VersionId(dataset, version == null ? current(opened) : version);
            Manifest made = compact(opened, reading.files(), delta);
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

    private Manifest compact(OpenRepository opened, VersionFiles files, VersionId delta) {
        if (route(opened) == Route.SST) {
            return compact(new Compaction(files, opened.catalog(), Publishers.into(opened)), opened, delta);
        }
        KafkaSettings cluster = versions.cluster(spec.commandLine())
                .orElseThrow(() -> new InvalidInputException("The dataset " + dataset
                        + " is published over kafka. Name the cluster with --kafka HOST:PORT."));
        try (KafkaTarget target = KafkaTarget.connect(cluster)) {
            return compact(new Compaction(files, opened.catalog(), target.publisher(), target::claimed), opened, delta);
        }
    }

    private static Manifest compact(Compaction compaction, OpenRepository opened, VersionId delta) {
        Manifest manifest = CommittedVersions.readable(opened, delta.dataset(), delta.number());
        long most = DeltaChain.of(opened.repository(), manifest).manifests().stream()
                .mapToLong(part -> part.digest().records())
                .sum();
        try (Progress progress = Progress.ofRecords("Compacting", most)) {
            return compaction.compact(delta, progress::advance).manifest();
        }
    }

    private Route route(OpenRepository opened) {
        return opened.catalog().latest().datasetOrEmpty(dataset).settings().get(Setting.ROUTE);
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
