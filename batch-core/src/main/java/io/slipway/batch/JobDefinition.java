package io.slipway.batch;

import java.util.List;

/**
 * A job that can be run by its name: what {@code slipway run} needs to know of it. Implementations are stateless, have
 * a public constructor without parameters, and are found by {@link java.util.ServiceLoader} (a line in {@code
 * META-INF/services/io.slipway.batch.JobDefinition}) or by their class name.
 */
public interface JobDefinition {

    /** The name it is run by, in lower case with hyphens: {@code route-delays}. */
    String name();

    /** What it does, in one sentence. */
    String description();

    /** The options that it takes, in the order in which people should read them. */
    List<JobOption> options();

    /**
     * Builds the job; nothing runs yet.
     *
     * @param arguments the values of the options, complete and of no other names
     * @throws io.slipway.model.InvalidInputException if a value is not acceptable
     */
    Job create(JobArguments arguments);
}
