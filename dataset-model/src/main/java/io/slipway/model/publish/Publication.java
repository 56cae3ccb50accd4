package io.slipway.model.publish;

import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/**
 * What a job wants to publish, and as what. Immutable; each {@code with…} method returns a changed copy.
 *
 * <p>A job names the dataset and what it cares about; the engine that runs the job adds the schemas, the inputs and
 * the job's name before it calls {@link VersionPublisher#begin}.
 */
public final class Publication {

    private final State state;

    private Publication(State state) {
        this.state = state;
    }

    /**
     * A publication of a dataset, all else at its default: a random run id, duplicates as the dataset's setting says,
     * partitions as the current version has them or as the input's size suggests.
     *
     * @throws InvalidInputException if that is not a dataset name
     */
    public static Publication of(String dataset) {
        return of(new DatasetName(dataset));
    }

    /** A publication of a dataset, all else at its default. */
    public static Publication of(DatasetName dataset) {
        return new Publication(new State(dataset));
    }

    /** The dataset. */
    public DatasetName dataset() {
        return state.dataset;
    }

    /** The name of this run, under which a repeat gives the same version. */
    public RunId runId() {
        return state.runId;
    }

    /** The Avro schema of the keys, once it is known. */
    public Optional<Schema> keySchema() {
        return Optional.ofNullable(state.keySchema);
    }

    /** The Avro schema of the values, once it is known. */
    public Optional<Schema> valueSchema() {
        return Optional.ofNullable(state.valueSchema);
    }

    /** The number of partitions, where the caller chose it. */
    public OptionalInt partitions() {
        return state.partitions == 0 ? OptionalInt.empty() : OptionalInt.of(state.partitions);
    }

    /**
     * Where a version of it comes from, as its manifest is to say.
     *
     * @param engine what ran the job
     * @param start when the version was claimed
     * @param end when it is complete
     */
    public Provenance provenance(String engine, Instant start, Instant end) {
        return new Provenance(job(), parameters(), engine, label(), inputs(), start, end);
    }

    /** Whether the records are changes on another version, puts and deletes. */
    public boolean isDelta() {
        return state.delta;
    }

    /** The version that a delta is on, where the caller chose it; else it is the current one when it is claimed. */
    public OptionalLong base() {
        return state.base == 0 ? OptionalLong.empty() : OptionalLong.of(state.base);
    }

    /** What becomes of duplicate keys, where the caller chose it; else the dataset's setting holds. */
    public Optional<DuplicatePolicy> duplicates() {
        return Optional.ofNullable(state.duplicates);
    }

    /** A text for people, shown with the version; may be empty. */
    public String label() {
        return state.label;
    }

    /** The name of the job, for the provenance; may be empty. */
    public String job() {
        return state.job;
    }

    /** What the job's result depends on besides its inputs, as one text; may be empty. */
    public String parameters() {
        return state.parameters;
    }

    /** The job's inputs, for the provenance and for telling a repeat from a misuse of a run id. */
    public List<InputFile> inputs() {
        return state.inputs;
    }

    /**
     * How much there is to publish, as far as that is known beforehand: the content of the inputs where it was measured, else
     * the size of their files, which may be compressed.
     */
    public long inputBytes() {
        return state.contentBytes > 0
                ? state.contentBytes
                : state.inputs.stream().mapToLong(InputFile::bytes).sum();
    }

    /** This publication under a run id. */
    public Publication withRunId(RunId runId) {
        State copy = state.copy();
        copy.runId = Objects.requireNonNull(runId);
        return new Publication(copy);
    }

    /** This publication with the schemas of its keys and values. */
    public Publication withSchemas(Schema keySchema, Schema valueSchema) {
        State copy = state.copy();
        copy.keySchema = Objects.requireNonNull(keySchema);
        copy.valueSchema = Objects.requireNonNull(valueSchema);
        return new Publication(copy);
    }

    /**
     * This publication in so many partitions.
     *
     * @throws InvalidInputException if the number is not positive
     */
    public Publication withPartitions(int partitions) {
        if (partitions < 1) {
            throw new InvalidInputException(partitions + " partitions are not possible. Use 1 or more.");
        }
        State copy = state.copy();
        copy.partitions = partitions;
        return new Publication(copy);
    }

    /** This publication as changes on the version that is current when it is claimed. */
    public Publication asDelta() {
        State copy = state.copy();
        copy.delta = true;
        return new Publication(copy);
    }

    /**
     * This publication as changes on a version.
     *
     * @throws InvalidInputException if that is not the number of a version
     */
    public Publication asDeltaOn(long base) {
        State copy = state.copy();
        copy.delta = true;
        copy.base = new VersionId(dataset(), base).number();
        return new Publication(copy);
    }

    /** This publication with a policy for duplicate keys. */
    public Publication withDuplicates(DuplicatePolicy duplicates) {
        State copy = state.copy();
        copy.duplicates = Objects.requireNonNull(duplicates);
        return new Publication(copy);
    }

    /** This publication with a text for people. */
    public Publication withLabel(String label) {
        State copy = state.copy();
        copy.label = Objects.requireNonNull(label);
        return new Publication(copy);
    }

    /** This publication as the work of a job that depends on these parameters and inputs. */
    public Publication withJob(String job, String parameters, List<InputFile> inputs) {
        State copy = state.copy();
        copy.job = Objects.requireNonNull(job);
        copy.parameters = Objects.requireNonNull(parameters);
        copy.inputs = List.copyOf(inputs);
        return new Publication(copy);
    }

    /** This publication of inputs whose content, unpacked, was measured. */
    public Publication withContentBytes(long bytes) {
        State copy = state.copy();
        copy.contentBytes = bytes;
        return new Publication(copy);
    }

    @Override
    public String toString() {
        return "publication of " + state.dataset + " (run " + state.runId + ")";
    }

    /** The mutable state that the copies share the shape of. */
    private static final class State {
        private final DatasetName dataset;
        private RunId runId = RunId.random();
        private Schema keySchema;
        private Schema valueSchema;
        private int partitions;
        private boolean delta;
        private long base;
        private DuplicatePolicy duplicates;
        private String label = "";
        private String job = "";
        private String parameters = "";
        private List<InputFile> inputs = List.of();
        private long contentBytes;

        State(DatasetName dataset) {
            this.dataset = dataset;
        }

        State copy() {
            State copy = new State(dataset);
            copy.runId = runId;
            copy.keySchema = keySchema;
            copy.valueSchema = valueSchema;
            copy.partitions = partitions;
            copy.delta = delta;
            copy.base = base;
            copy.duplicates = duplicates;
            copy.label = label;
            copy.job = job;
            copy.parameters = parameters;
            copy.inputs = inputs;
            copy.contentBytes = contentBytes;
            return copy;
        }
    }
}
