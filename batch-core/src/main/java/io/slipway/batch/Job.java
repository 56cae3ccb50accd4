package io.slipway.batch;

import io.slipway.batch.plan.Explanation;
import io.slipway.batch.plan.Narrow;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Output;
import io.slipway.batch.plan.Read;
import io.slipway.batch.plan.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A dataflow from inputs to published versions and other outputs: a plan, of which nothing runs until an engine is
 * given the job. A job may be run several times. Not thread-safe while it is being built.
 */
public final class Job {

    private final String name;
    private final StringBuilder parameters = new StringBuilder();
    private final List<Output> outputs = new ArrayList<>();

    private Job(String name) {
        this.name = Objects.requireNonNull(name);
    }

    /** A new job without inputs or outputs. */
    public static Job named(String name) {
        return new Job(name);
    }

    /**
     * Notes a parameter that the job's result depends on, for the provenance of what it publishes and for telling
     * whether a repeated run is the same.
     */
    public Job parameter(String parameter, Object value) {
        parameters
                .append(parameters.isEmpty() ? "" : "\n")
                .append(parameter)
                .append('=')
                .append(value);
        return this;
    }

    /** Reads a source. */
    public <T> Flow<T> read(Source<T> source) {
        return new Flow<>(this, new Read(source), source::type);
    }

    /** Reads a published version, by its keys. */
    public <K, V> KeyedFlow<K, V> read(VersionSource<K, V> version) {
        Node pairs = new Narrow(new Read(version), "keyed", Steps.ofPairs());
        return new KeyedFlow<>(this, pairs, version.keyType(), version::valueType);
    }

    /**
     * Says for people what stages the job consists of, which operators are fused in each, and where it shuffles; one
     * line for each stage and for each way out of it. Nothing is run or read. The form of the text may change.
     */
    public String explain() {
        return Explanation.of(name, outputs);
    }

    /** The job's name. */
    public String name() {
        return name;
    }

    /** The parameters, one {@code name=value} a line, in the order given. */
    public String parameters() {
        return parameters.toString();
    }

    /** What the job makes, for engines. */
    public List<Output> outputs() {
        return List.copyOf(outputs);
    }

    void add(Output output) {
        outputs.add(output);
    }
}
