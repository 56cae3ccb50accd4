package io.slipway.cli;

import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.SourceContext;
import io.slipway.batch.table.Table;
import io.slipway.batch.table.TableSchemas;
import io.slipway.batch.table.TableSpec;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Decision;
import io.slipway.model.storage.ProcessFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway publish}: files in, a version out. */
@Command(
        name = "publish",
        description = {
            "Publishes the rows of CSV, JSON Lines, Avro or Parquet files as a version of a dataset, all or nothing.",
            "Types are those of the input's own schema (Avro, Parquet), else those of the current version, else those that all"
                    + " rows fit. Field names become Avro's: what is"
                    + " not a letter, a digit or _ becomes _."
        })
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private RepositoryOption repository;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            converter = DatasetNameConverter.class,
            description = "The dataset that gets the version.")
    private DatasetName dataset;

    @Mixin
    private TableInputOptions input;

    @Mixin
    private DeltaOptions delta;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Number of partitions, 1 to " + Partitioner.MAX_PARTITIONS
                    + ". Default: as the current version has, else by the input's size.")
    private Integer partitions;

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            converter = LabelConverters.OfRoute.class,
            defaultValue = "sst",
            description = "How the version gets to the nodes: sst. Default: ${DEFAULT-VALUE}")
    private Route route;

    @Option(
            names = "--duplicates",
            paramLabel = "POLICY",
            converter = LabelConverters.OfDuplicates.class,
            description = "What becomes of rows with one key: fail, first or last. Default: the dataset's setting,"
                    + " which is fail unless it was set.")
    private DuplicatePolicy duplicates;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            converter = RunIdConverter.class,
            description =
                    "A name for this run: published again under it, the same input gives the same version, once, and"
                            + " what an earlier try has done is not done again.")
    private RunId runId;

    @Option(names = "--label", paramLabel = "TEXT", defaultValue = "", description = "A text shown with the version.")
    private String label;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--dry-run", description = "Show schema, counts and partitions, and publish nothing.")
    private boolean dryRun;

    @Option(
            names = "--skip-space-check",
            description = "Begin even if the disks seem to have too little room for an input of this size.")
    private boolean skipsSpaceCheck;

    @Option(
            names = "--wait",
            description = "Wait until the version is current (exit code 0), held by a gate (3) or refused (1).")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long --wait waits. Default: ${DEFAULT-VALUE}")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        long startNanos = System.nanoTime();
        checkOptions();
        TableSpec columns = delta.in(input.spec(spec.commandLine()), spec.commandLine());
        try (ProcessFolder scratch = engine.openScratch();
                OpenRepository opened = repository.openOrCreate()) {
            Table table = input.table(columns, scratch.path(), spec.commandLine());
            if (!dryRun) {
                checkSpace(table, scratch.path(), opened);
                opened.storage().newTemporaryFile(); // Refuses what cannot be written before the input is read.
            }
            Optional<Manifest> earlier = earlier(opened);
            JobResult result = publish(opened, scratch, table, kept(opened, earlier));
            Manifest manifest = result.publications().get(0).manifest();
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            long badRows = result.counter(SourceContext.BAD_RECORDS);
            print(
                    new PublishSummary(manifest, result.recordsIn(), badRows, time, repository.folder()),
                    earlier.isPresent());
            return wait && !dryRun ? await(opened, manifest) : Failures.DONE;
        }
    }

    private JobResult publish(OpenRepository opened, ProcessFolder scratch, Table table, Optional<TableSchemas> kept) {
        try (JobFeedback progress = engine.openFeedback(spec.commandLine())) {
            TableSchemas schemas = table.schemas(dataset, kept, engine.tasks(), progress);
            return engine.engine(scratch, progress, dryRun ? Optional.empty() : Optional.ofNullable(runId))
                    .publisher(publisher(opened))
                    .build()
                    .run(job(table, schemas));
        }
    }

    private void checkOptions() {
        engine.check(spec.commandLine());
        delta.check(input, spec.commandLine());
        if (route != Route.SST) {
            throw usage("--route " + route.label() + " is not there yet. Use --route sst.");
        }
        if (duplicates == DuplicatePolicy.MERGE) {
            throw usage("--duplicates merge needs a function, which only a job has. Use fail, first or last.");
        }
        if (partitions != null && (partitions < 1 || partitions > Partitioner.MAX_PARTITIONS)) {
            throw usage(
                    "--partitions " + partitions + " is not possible. Use 1 to " + Partitioner.MAX_PARTITIONS + ".");
        }
    }

    private void checkSpace(Table table, Path scratch, OpenRepository opened) {
        if (!skipsSpaceCheck) {
            PublishSpace.ofThisMachine().require(InputSize.of(table), engine.memoryBytes(), scratch, opened);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What this run has already published. */
    private Optional<Manifest> earlier(OpenRepository opened) {
        return Optional.ofNullable(runId)
                .flatMap(id -> opened.repository().claimOf(dataset, id))
                .flatMap(claim -> opened.repository().decision(claim.version()))
                .flatMap(decision -> decision instanceof Decision.Committed committed
                        ? Optional.of(committed.manifest())
                        : Optional.empty());
    }

    /**
     * The schemas that are not found afresh: those that this run had before, those of the base that was named, or those
     * of the current version.
     */
    private Optional<TableSchemas> kept(OpenRepository opened, Optional<Manifest> earlier) {
        return earlier.or(() -> input.isNewSchema() ? Optional.empty() : base(opened))
                .map(manifest -> TableSchemas.current(manifest.keySchema(), manifest.valueSchema()));
    }

    private Optional<Manifest> base(OpenRepository opened) {
        return delta.base().isPresent()
                ? Optional.of(opened.repository()
                        .committed(new VersionId(dataset, delta.base().getAsLong()))
                        .manifest())
                : current(opened);
    }

    private Optional<Manifest> current(OpenRepository opened) {
        return opened.catalog()
                .latest()
                .datasetOrEmpty(dataset)
                .current()
                .map(version -> opened.repository()
                        .committed(new VersionId(dataset, version.number()))
                        .manifest());
    }

    private VersionPublisher publisher(OpenRepository opened) {
        return dryRun ? Publishers.counting(opened) : Publishers.into(opened);
    }

    private Job job(Table table, TableSchemas schemas) {
        Job job = Job.named("publish");
        input.addParameters(job);
        delta.addParameters(job);
        job.parameter("duplicates", duplicates == null ? "" : duplicates.label());
        job.parameter("partitions", partitions == null ? "" : partitions);
        table.publish(job, publication(), schemas);
        return job;
    }

    private Publication publication() {
        Publication publication = delta.in(Publication.of(dataset).withLabel(label));
        publication = runId == null ? publication : publication.withRunId(runId);
        publication = duplicates == null ? publication : publication.withDuplicates(duplicates);
        return partitions == null ? publication : publication.withPartitions(partitions);
    }

    private void print(PublishSummary summary, boolean isRepeat) {
        if (json) {
            JsonOutput.print(spec.commandLine().getOut(), dryRun ? summary.dryRunJson() : summary.json());
        } else if (dryRun) {
            summary.printDryRun(spec.commandLine().getOut());
        } else {
            summary.print(spec.commandLine().getOut(), isRepeat);
        }
    }

    private int await(OpenRepository opened, Manifest manifest) throws InterruptedException {
        return new VersionWait(
                        opened.catalog(),
                        repository.folder(),
                        spec.commandLine().getErr())
                .await(manifest.version(), timeout);
    }
}
