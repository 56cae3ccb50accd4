package io.slipway.cli;

import io.slipway.batch.JobListener;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.ProcessFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options {@code --memory} and {@code --scratch} of commands that run jobs, and the engine that they make. */
final class EngineOptions {

    /** What one task needs to sort the largest records there may be (16 MiB), with one to compare it with. */
    private static final long TASK_BYTES = 32L << 20;

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
            description = "Folder on the local disk for what does not fit in memory. Default: one in the folder for"
                    + " temporary files.")
    private Path scratch;

    /**
     * Checks the size, as far as it can be.
     *
     * @throws ParameterException if no job can run with it
     */
    void check(CommandLine command) {
        if (memoryBytes < TASK_BYTES) {
            throw new ParameterException(
                    command,
                    "--memory " + SizeConverter.text(memoryBytes) + " is too little. Give at least "
                            + SizeConverter.text(TASK_BYTES) + ".");
        }
        long most = Runtime.getRuntime().maxMemory();
        if (memoryBytes > most) {
            throw new ParameterException(
                    command,
                    "--memory " + SizeConverter.text(memoryBytes) + " is more than this JVM may use, " + (most >> 20)
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
        Path parent = Optional.ofNullable(scratch)
                .orElseGet(() ->
                        Path.of(System.getProperty("java.io.tmpdir"), "slipway-" + System.getProperty("user.name")));
        try {
            return ProcessFolder.open(parent);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The scratch folder " + parent + " cannot be written (" + e + "). Choose another with --scratch.",
                    e);
        }
    }

    /** A builder of the engine. */
    EmbeddedEngine.Builder engine(ProcessFolder scratchFolder, JobListener listener) {
        return EmbeddedEngine.builder()
                .memoryBytes(memoryBytes)
                .parallelism(tasks())
                .scratch(scratchFolder.path())
                .listener(listener);
    }

    /** What runs the jobs, for the provenance of what they publish. */
    static String engineName() {
        return ENGINE + BuildVersion.number();
    }
}
