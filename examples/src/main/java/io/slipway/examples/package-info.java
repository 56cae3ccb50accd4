/**
 * Jobs to learn from and to run: {@code slipway run route-delays --repository R}. Here is what several of them read;
 * each job has a package of its own, with its {@link io.slipway.batch.JobDefinition}, the records it publishes, and
 * the logic between them.
 *
 * <p>{@link io.slipway.examples.bulk} is no job, but a subscriber to versions that are published over Kafka.
 *
 * <p>A new job goes into a new package, with a line in {@code META-INF/services/io.slipway.batch.JobDefinition}. The
 * input files that ship with the project, and where they come from, are in {@code examples/data}.
 */
package io.slipway.examples;
