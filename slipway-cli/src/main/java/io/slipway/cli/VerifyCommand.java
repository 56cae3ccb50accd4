package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.sst.BundleVerifier;
import io.slipway.sst.BundleVerifier.Depth;
import io.slipway.sst.BundleVerifier.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway verify}: compares a committed version with its manifest. */
@Command(
        name = "verify",
        description = {
            "Compares a committed version in the repository with its manifest: presence, size and SHA-256 of every"
                    + " file, every block's checksum, record counts and key ranges.",
            "Of a version of the Kafka route, its topic: the topic's id, every partition's COMMIT, record counts and digests.",
            "Exit code 1 if anything is wrong."
        })
final class VerifyCommand implements Callable<Integer> {

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

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Option(
            names = "--deep",
            description = "Also read every record: its digest, its partition, and that its value is of the schema.")
    private boolean deep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OpenRepository opened = repository.open();
                OpenVersions reading = versions.open(opened, spec.commandLine())) {
            VersionId id = new VersionId(dataset, version);
            Manifest manifest = opened.repository().committed(id).manifest();
            long bytes = manifest.bytes();
            Report report;
            try (Progress progress = Progress.ofBytes("Verifying", bytes)) {
                report = new BundleVerifier(
                                reading.files(), Runtime.getRuntime().availableProcessors())
                        .verify(id, deep ? Depth.RECORDS : Depth.FILES, progress::advance);
            }
            report.problems().forEach(spec.commandLine().getErr()::println);
            if (!report.isSound()) {
                spec.commandLine().getErr().println("slipway: " + id + " is damaged. Publish it again.");
                return Failures.FAILED;
            }
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s is sound: files %d, bytes %,d, records %,d, digest %s.%n",
                            id,
                            report.manifest().files().size(),
                            bytes,
                            report.manifest().digest().records(),
                            report.manifest().digest().hex());
            return Failures.DONE;
        }
    }
}
