package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.JsonBytes;
import io.slipway.sst.VersionFiles;
import io.slipway.sst.diff.DiffJson;
import io.slipway.sst.diff.DiffSettings;
import io.slipway.sst.diff.RecordChange;
import io.slipway.sst.diff.VersionDiff;
import io.slipway.sst.diff.VersionDiffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway diff}: what differs between two versions. */
@Command(
        name = "diff",
        description = {
            "Counts the keys that were added, removed and changed from one version to another, exactly, and for each field of"
                    + " the value how many keys it changed at; with examples.",
            "Fields are compared by name. Those that only one version has are listed, and make no key count as changed."
        })
final class DiffCommand implements Callable<Integer> {

    private static final int THREADS = 2;

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

    @Parameters(index = "1", paramLabel = "FROM", description = "The number of the version that is compared.")
    private long from;

    @Parameters(index = "2", paramLabel = "TO", description = "The number of the version that it is compared with.")
    private long to;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many examples of each kind to show, the first by key. Default: ${DEFAULT-VALUE}")
    private int examples;

    @Option(
            names = "--full",
            description = "Read all partitions, also those whose record count and digest say that they are equal, which"
                    + " is wrong once in 2^64.")
    private boolean full;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Also write every key that differs to this file, by key, as JSON Lines of key, change, old and"
                            + " new. The file is there when it is whole.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (OpenRepository opened = repository.open();
                OpenVersions reading = versions.open(opened, spec.commandLine())) {
            Manifest older = CommittedVersions.readable(opened, dataset, from);
            Manifest newer = CommittedVersions.readable(opened, dataset, to);
            VersionDiff diff = compare(reading.files(), older, newer);
            DiffJson form = new DiffJson(older, newer);
            if (json) {
                JsonOutput.print(spec.commandLine().getOut(), form.write(diff));
            } else {
                new DiffReport(diff).print(spec.commandLine().getOut());
            }
            return Failures.DONE;
        }
    }

    private VersionDiff compare(VersionFiles files, Manifest older, Manifest newer) throws IOException {
        DiffSettings settings = DiffSettings.DEFAULT
                .withExamples(examples)
                .withReading(full ? DiffSettings.Reading.ALL : DiffSettings.Reading.DIFFERING);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Progress progress = Progress.ofRecords(
                "Comparing", VersionDiffer.recordsToRead(files.repository(), older, newer, settings))) {
            VersionDiffer differ = new VersionDiffer(files, threads);
            if (output == null) {
                return differ.compare(older, newer, settings, progress::advance);
            }
            try (WholeFile file = WholeFile.create(output)) {
                Consumer<RecordChange> lines = lines(file, new DiffJson(older, newer));
                VersionDiff diff = differ.list(older, newer, settings, progress::advance, lines);
                file.complete();
                return diff;
            }
        } finally {
            threads.shutdown();
        }
    }

    private Consumer<RecordChange> lines(OutputStream file, DiffJson form) {
        JsonBytes line = new JsonBytes();
        return change -> {
            line.reset();
            form.write(change, line);
            line.raw('\n');
            try {
                file.write(line.array(), 0, line.length());
            } catch (IOException e) {
                throw WholeFile.unavailable(output, e);
            }
        };
    }
}
