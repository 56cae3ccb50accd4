package io.slipway.batch.engine;

import io.slipway.batch.DeadLetters;
import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.JobResult;
import io.slipway.batch.output.LocalOutputDisk;
import io.slipway.batch.output.OutputDisk;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.publish.VersionReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs jobs in this process, with several tasks at once and in bounded memory: what does not fit is sorted on disk.
 * Thread-safe, but each run takes the memory that the engine is given.
 */
public final class EmbeddedEngine {

    private final EngineSettings settings;

    private EmbeddedEngine(EngineSettings settings) {
        this.settings = settings;
    }

    /** A builder with everything at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a job to its end. Its versions, and then its folders, are committed one after the other when all work is done;
     * if anything fails, those not yet committed are aborted. Scratch files are deleted in any case, unless the run can be
     * resumed ({@link Builder#resumable}) and failed.
     *
     * @throws InvalidInputException if the input, the plan or the keys are wrong
     * @throws io.slipway.model.UnavailableException if a disk or a folder cannot be used
     * @throws io.slipway.model.CorruptDataException if scratch files were damaged
     * @throws io.slipway.model.CommitStateUnknownException if whether a commit took place cannot be known
     * @throws RuntimeException whatever a function of the job threw, when all attempts at its task had failed
     */
    public JobResult run(Job job) {
        return new JobRun(settings, job).run();
    }

    /** Builds an engine. */
    public static final class Builder {

        private static final long LEAST_MEMORY_BYTES = 64 << 10;

        private long memoryBytes = 256L << 20;
        private Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        private UnaryOperator<Scratch> faults = UnaryOperator.identity();
        private OutputDisk outputDisk = new LocalOutputDisk();
        private int parallelism = Runtime.getRuntime().availableProcessors();
        private Optional<VersionPublisher> publisher = Optional.empty();
        private Optional<VersionReader> versions = Optional.empty();
        private JobListener listener = JobListener.NONE;
        private int attempts = 4;
        private long splitBytes = 64L << 20;
        private Optional<DeadLetters> deadLetters = Optional.empty();
        private InstantSource clock = InstantSource.system();
        private Optional<Resumption> resumption = Optional.empty();

        private Builder() {}

        /**
         * How much memory the engine's buffers may take together; more means fewer runs to merge. Default 256 MiB.
         * Objects of the job's functions come on top.
         *
         * @throws InvalidInputException if it is less than 64 KiB
         */
        public Builder memoryBytes(long bytes) {
            if (bytes < LEAST_MEMORY_BYTES) {
                throw new InvalidInputException(
                        bytes + " bytes of memory are too little. Give at least " + LEAST_MEMORY_BYTES + ".");
            }
            memoryBytes = bytes;
            return this;
        }

        /** The folder in which each run keeps its scratch files. Default: the JVM's folder for temporary files. */
        public Builder scratch(Path folder) {
            scratch = Objects.requireNonNull(folder);
            return this;
        }

        /** What is put between the engine and its scratch files, for tests that inject faults. */
        Builder faults(UnaryOperator<Scratch> injector) {
            faults = injector;
            return this;
        }

        /** The disk that folders are written to, for tests that inject faults. */
        Builder outputDisk(OutputDisk disk) {
            outputDisk = disk;
            return this;
        }

        /**
         * How many tasks run at once; they share the memory. Default: the number of processors.
         *
         * @throws InvalidInputException if it is not positive
         */
        public Builder parallelism(int tasks) {
            if (tasks < 1) {
                throw new InvalidInputException(tasks + " tasks at once are not possible. Give 1 or more.");
            }
            parallelism = tasks;
            return this;
        }

        /** Where versions are published; needed for jobs that publish. */
        public Builder publisher(VersionPublisher versionPublisher) {
            publisher = Optional.of(versionPublisher);
            return this;
        }

        /** Where published versions are read from; needed for jobs that have one as their input. */
        public Builder versions(VersionReader versionReader) {
            versions = Optional.of(versionReader);
            return this;
        }

        /** Who is told how jobs get on. */
        public Builder listener(JobListener jobListener) {
            listener = Objects.requireNonNull(jobListener);
            return this;
        }

        /**
         * How often a task is tried before the job fails. Wrong input is not tried again. Default 4.
         *
         * @throws InvalidInputException if it is not positive
         */
        public Builder attempts(int most) {
            if (most < 1) {
                throw new InvalidInputException(most + " attempts are not possible. Give 1 or more.");
            }
            attempts = most;
            return this;
        }

        /**
         * About how large the parts are that large files are cut into; smaller ones keep all tasks busy to the end,
         * larger ones have fewer runs to merge. Default 64 MiB.
         */
        public Builder splitBytes(long bytes) {
            splitBytes = Math.max(1, bytes);
            return this;
        }

        /**
         * Keeps a run's scratch files until it succeeds, so that the same job under the same run id goes on where an
         * earlier process was killed or failed, and does again only what was not done: with other memory or threads if
         * need be. It starts over if the inputs, the parameters, the operators, the functions' code or the numbers and
         * texts that they have captured have changed; the listener is told which. What is in other objects that they
         * have captured has to be noted by {@link Job#parameter}. What is kept is deleted when nobody has come back to it for 7 days.
         *
         * <p>The job's functions must give the same each time, which they should in any case. Inputs that are not files
         * cannot be told to be the same, and a job that reads one always starts over.
         *
         * @param runId the run; a second process that runs it at the same time does all the work by itself
         * @param folder where the files are kept, the same for all processes that may resume the run
         */
        public Builder resumable(RunId runId, Path folder) {
            resumption = Optional.of(new Resumption(runId, folder));
            return this;
        }

        /** Where records go that cannot be used. Default: the first one fails the job. */
        public Builder deadLetters(DeadLetters letters) {
            deadLetters = Optional.of(letters);
            return this;
        }

        /** The clock that durations are measured by. */
        public Builder clock(InstantSource source) {
            clock = Objects.requireNonNull(source);
            return this;
        }

        /** The engine. */
        public EmbeddedEngine build() {
            return new EmbeddedEngine(new EngineSettings(
                    memoryBytes,
                    scratch,
                    faults,
                    outputDisk,
                    parallelism,
                    publisher,
                    versions,
                    listener,
                    attempts,
                    splitBytes,
                    deadLetters,
                    clock,
                    resumption));
        }
    }
}
