/**
 * What a job consists of, as engines see it: nodes that lead from sources to outputs. Made by the dataflow API, read by
 * engines, of no concern to a job's author. A new operator is a {@link io.slipway.batch.plan.Step} if it needs no
 * shuffle, else a further {@link io.slipway.batch.plan.Node}.
 */
package io.slipway.batch.plan;
