package io.slipway.cli;

import io.slipway.batch.DeadLetters;
import io.slipway.batch.JobListener;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.model.RunId;
import io.slipway.model.SizeText;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of all commands that run jobs, such as {@code --memory}, and the engine that they make. */
final class EngineOptions {

    /** What one task needs to sort the largest records there may be (16 MiB), with one to compare it with. */
    private static final long TASK_BYTES = 32L << 20;

    /** The launcher's property that says for which {@code --memory} it has started the JVM. */
    private static final String GIVEN = "slipway.memory.bytes";

    private static final String ENGINE = "embedded engine, slipway ";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            converter = SizeConverter.class,
            description = "Memory for the records in flight; what does not fit is sorted on disk. At least 32m."
                    + " Default: ${DEFAULT-VALUE}")
    private long memoryBytes;

    @Option(
            names = "--scratch",
            paramLabel = "FOLDER",
            description =
                    "Folder on the local disk for what does not fit in memory, and for what a run under a --run-id"
                            + " has done if it does not succeed. Default: one in the folder for temporary files.")
    private Path scratch;

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            defaultValue = "bar",
            converter = LabelConverters.OfProgress.class,
            description = "How the job's progress is told on standard error: bar, for people, or json, an event a line."
                    + " Default: ${DEFAULT-VALUE}")
    private JobFeedback.Style progress;

    @Option(
            names = "--dead-letters",
            paramLabel = "FILE",
            description = "Write records that cannot be used to this file, with place and reason, a JSON object a line,"
                    + " and go on without them. Default: the first one fails the job.")
    private Path deadLetters;

    @Option(
            names = "--dead-letter-limit",
            paramLabel = "N|P%%",
            defaultValue = "1%",
            converter = DeadLetterLimitConverter.class,
            description = "How many records may go there before the job fails, or which share of all."
                    + " Default: ${DEFAULT-VALUE}")
    private DeadLetters.Limit deadLetterLimit;

    /**
     * Checks the size, as far as it can be.
     *
     * @throws ParameterException if no job can run with it
     */
    void check(CommandLine command) {
        if (memoryBytes < TASK_BYTES) {
            throw new ParameterException(
                    command,
                    "--memory " + SizeText.of(memoryBytes) + " is too little. Give at least " + SizeText.of(TASK_BYTES)
                            + ".");
        }
        // What the JVM says leaves out a part of the heap that is in use as well, with some collectors.
        long most = Math.max(Long.getLong(GIVEN, 0), Runtime.getRuntime().maxMemory());
        if (memoryBytes > most) {
            throw new ParameterException(
                    command,
                    "--memory " + SizeText.of(memoryBytes) + " is more than this JVM may use, " + (most >> 20)
                            + "m. Give less, or start it as `slipway`, which gives the JVM what it needs.");
        }
    }

    /** How many tasks run at once. */
    int tasks() {
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), memoryBytes / TASK_BYTES));
    }

    /**
     * A folder for this process's scratch files, to be closed. Those of processes that were killed are removed.
     *
     * @throws UnavailableException if it cannot be written
     */
    ProcessFolder openScratch() {
        Path parent = scratchParent();
        try {
            return ProcessFolder.open(parent);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The scratch folder " + parent + " cannot be written (" + e + "). Choose another with --scratch.",
                    e);
        }
    }

    /** How much memory there is for the records in flight. */
    long memoryBytes() {
        return memoryBytes;
    }

    /** Where scratch folders are. */
    Path scratchParent() {
        return Optional.ofNullable(scratch).orElseGet(EngineOptions::defaultScratch);
    }

    /** Where scratch files are unless somebody says otherwise. */
    static Path defaultScratch() {
        return Path.of(System.getProperty("java.io.tmpdir"), "slipway-" + System.getProperty("user.name"));
    }

    /** Tells how the job gets on; to be closed. */
    JobFeedback openFeedback(CommandLine command) {
        return progress.open(command.getErr());
    }

    /** A builder of the engine; with a run id, of one that goes on where an earlier process left the run. */
    EmbeddedEngine.Builder engine(ProcessFolder scratchFolder, JobListener listener, Optional<RunId> runId) {
        EmbeddedEngine.Builder builder = EmbeddedEngine.builder()
                .memoryBytes(memoryBytes)
                .parallelism(tasks())
                .scratch(scratchFolder.path())
                .listener(listener);
        runId.ifPresent(run -> builder.resumable(run, scratchParent()));
        return deadLetters == null
                ? builder
                : builder.deadLetters(DeadLetters.in(deadLetters).atMost(deadLetterLimit));
    }

    /** What runs the jobs, for the provenance of what they publish. */
    static String engineName() {
        return ENGINE + BuildVersion.number();
    }
}
