/**
 * The dataflow API: a {@link io.slipway.batch.Job} of {@link io.slipway.batch.Flow}s that an engine runs. What a job's
 * author sees is here, in {@code format} (what is read) and in {@code type} (how values are written). {@code plan},
 * {@code shuffle} and what {@code engine} has beside {@code EmbeddedEngine} are for engines only.
 */
package io.slipway.batch;
