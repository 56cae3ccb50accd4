package io.slipway.cli;

import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobResult;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.SlipwayException;
import io.slipway.model.publish.Route;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.sst.SstVersionReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code slipway run}: runs a job by its name, or of a class in a jar. */
@Command(
        name = "run",
        description = {
            "Runs a job: one of the examples by its name, or a class in a jar. The job comes first, then its own options.",
            "See `slipway run --list` for the jobs, and `slipway run JOB --help` for a job's options."
        })
final class RunCommand implements Callable<Integer> {

    private String name = "";
    private Optional<Path> jar = Optional.empty();

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            description =
                    "The folder of the repository that the job publishes to, and reads versions from; for those that"
                            + " came over Kafka, name the cluster too.")
    private Path repository;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            converter = RunIdConverter.class,
            description =
                    "A name for this run: run again under it, the same input gives the same versions, once, and what an"
                            + " earlier try has done is not done again.")
    private RunId runId;

    @Mixin
    private RouteOptions route;

    @Mixin
    private EngineOptions engine;

    @Option(names = "--list", description = "List the jobs and exit.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Unmatched
    private List<String> jobTokens = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /** Takes the job's name, and has the help show its options. */
    @Parameters(
            arity = "0..1",
            index = "0",
            paramLabel = "JOB",
            description = "The job's name, or that of a class that implements io.slipway.batch.JobDefinition.")
    void setName(String job) {
        name = job;
        describeJob();
    }

    /** Takes the jar, and has the help show the options of the job in it. */
    @Option(names = "--jar", paramLabel = "FILE", description = "A jar with the job and all that it needs.")
    void setJar(Path file) {
        jar = Optional.of(file);
        describeJob();
    }

    @Override
    public Integer call() {
        engine.check(spec.commandLine());
        cluster();
        try (JobCatalog jobs = jobs()) {
            if (list) {
                print(jobs.all());
            } else {
                JobResult result = run(jobs.find(name(jobs)));
                print(new RunSummary(result));
            }
            return Failures.DONE;
        }
    }

    private JobCatalog jobs() {
        return jar.map(JobCatalog::ofJar).orElseGet(JobCatalog::ofClassPath);
    }

    private String name(JobCatalog jobs) {
        if (!name.isEmpty()) {
            return name;
        }
        throw new ParameterException(
                spec.commandLine(),
                "Which job? There are "
                        + String.join(
                                ", ",
                                jobs.all().stream().map(JobDefinition::name).toList()) + ".");
    }

    private JobResult run(JobDefinition definition) {
        Job job = definition.create(arguments(definition));
        try (ProcessFolder scratch = engine.openScratch();
                JobFeedback progress = engine.openFeedback(spec.commandLine())) {
            EmbeddedEngine.Builder builder = engine.engine(scratch, progress, Optional.ofNullable(runId));
            if (route.route() != Route.KAFKA) {
                return run(job, builder);
            }
            try (KafkaTarget target = KafkaTarget.connect(cluster().orElseThrow())) {
                return run(job, builder.publisher(target.publisher()));
            }
        }
    }

    /** The cluster to publish to or, with a repository, to read versions from that came over Kafka. */
    private Optional<KafkaSettings> cluster() {
        return repository == null ? route.cluster(spec.commandLine()) : route.named(spec.commandLine());
    }

    /** Runs with a repository, if there is one: to read versions from, and to publish into on the route of files. */
    private JobResult run(Job job, EmbeddedEngine.Builder builder) {
        if (repository == null) {
            return builder.build().run(job);
        }
        try (OpenRepository opened = OpenRepository.of(repository);
                OpenVersions versions =
                        OpenVersions.of(opened, cluster(), engine.scratchParent(), (version, bytes) -> {})) {
            EmbeddedEngine.Builder reading = builder.versions(new SstVersionReader(versions.files(), opened.catalog()));
            return (route.route() == Route.SST ? reading.publisher(Publishers.into(opened)) : reading)
                    .build()
                    .run(job);
        }
    }

    private JobArguments arguments(JobDefinition definition) {
        try {
            return JobArguments.of(
                    definition.options(),
                    JobTokens.parse(jobTokens),
                    Optional.ofNullable(runId).orElseGet(RunId::random));
        } catch (InvalidInputException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    e.getMessage() + String.join(System.lineSeparator(), JobTokens.help(definition)),
                    e);
        }
    }

    private void print(List<JobDefinition> jobs) {
        TextTable table = new TextTable("ll", "JOB", "WHAT IT DOES");
        jobs.forEach(job -> table.add(job.name(), job.description()));
        table.print(spec.commandLine().getOut());
    }

    private void print(RunSummary summary) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonOutput.print(out, summary.json());
        } else {
            summary.print(out);
        }
    }

    /** Happens while the command line is parsed, since the help is printed right after that. */
    private void describeJob() {
        if (name.isEmpty()) {
            return;
        }
        try (JobCatalog jobs = jobs()) {
            // Percent signs are formats in what picocli prints.
            spec.usageMessage()
                    .footer(JobTokens.help(jobs.find(name)).stream()
                            .map(line -> line.replace("%", "%%"))
                            .toArray(String[]::new));
        } catch (SlipwayException e) {
            // Whatever is wrong with the job is said when it is to be run.
        }
    }
}
