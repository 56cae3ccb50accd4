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
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Publication;
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

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            description = "The folder of the repository. Over Kafka only --wait needs it.")
    private Path repository;

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

    @Mixin
    private RouteOptions route;

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
                PublishTarget target = target()) {
            Table table = input.table(columns, scratch.path(), spec.commandLine());
            if (!dryRun) {
                checkSpace(table, scratch.path(), target);
                target.requireWritable(); // Before the input is read.
            }
            Optional<Manifest> earlier = Optional.ofNullable(runId).flatMap(id -> target.ofRun(dataset, id));
            JobResult result = publish(target, scratch, table, kept(target, earlier));
            Manifest manifest = result.publications().get(0).manifest();
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            long badRows = result.counter(SourceContext.BAD_RECORDS);
            print(
                    new PublishSummary(manifest, result.recordsIn(), badRows, time, Optional.ofNullable(repository)),
                    earlier.isPresent());
            return wait && !dryRun ? await(manifest) : Failures.DONE;
        }
    }

    private PublishTarget target() {
        return route.cluster(spec.commandLine())
                .<PublishTarget>map(KafkaTarget::connect)
                .orElseGet(() -> new RepositoryTarget(OpenRepository.of(repository)));
    }

    private JobResult publish(PublishTarget target, ProcessFolder scratch, Table table, Optional<TableSchemas> kept) {
        try (JobFeedback progress = engine.openFeedback(spec.commandLine())) {
            TableSchemas schemas = table.schemas(dataset, kept, engine.tasks(), progress);
            return engine.engine(scratch, progress, dryRun ? Optional.empty() : Optional.ofNullable(runId))
                    .publisher(dryRun ? target.counting() : target.publisher())
                    .build()
                    .run(job(table, schemas));
        }
    }

    private void checkOptions() {
        engine.check(spec.commandLine());
        delta.check(input, spec.commandLine());
        boolean isOverKafka = route.cluster(spec.commandLine()).isPresent();
        if (repository == null && !isOverKafka) {
            throw usage("Missing required option: '--repository=FOLDER'");
        }
        if (repository == null && wait) {
            throw usage("--wait looks into the catalog, and needs --repository FOLDER over Kafka too.");
        }
        if (duplicates == DuplicatePolicy.MERGE) {
            throw usage("--duplicates merge needs a function, which only a job has. Use fail, first or last.");
        }
        if (partitions != null && (partitions < 1 || partitions > Partitioner.MAX_PARTITIONS)) {
            throw usage(
                    "--partitions " + partitions + " is not possible. Use 1 to " + Partitioner.MAX_PARTITIONS + ".");
        }
    }

    private void checkSpace(Table table, Path scratch, PublishTarget target) {
        if (!skipsSpaceCheck) {
            target.requireRoom(InputSize.of(table), engine.memoryBytes(), scratch);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * The schemas that are not found afresh: those that this run had before, those of the base that was named, or those
     * of the current version.
     */
    private Optional<TableSchemas> kept(PublishTarget target, Optional<Manifest> earlier) {
        return earlier.map(manifest -> TableSchemas.current(manifest.keySchema(), manifest.valueSchema()))
                .or(() -> input.isNewSchema() ? Optional.empty() : target.schemas(dataset, delta.base()));
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

    private int await(Manifest manifest) throws InterruptedException {
        try (OpenRepository opened = OpenRepository.of(repository)) {
            return new VersionWait(
                            opened.catalog(), repository, spec.commandLine().getErr())
                    .await(manifest.version(), timeout);
        }
    }
}
