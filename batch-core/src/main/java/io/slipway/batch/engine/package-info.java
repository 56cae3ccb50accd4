/**
 * The embedded engine, which runs a job in this process: {@link io.slipway.batch.engine.EmbeddedEngine}. A job becomes
 * stages; the tasks of a stage read splits or what an earlier stage has shuffled, push records through the fused
 * operators, and end in shuffles or outputs. Everything else here is for the engine alone.
 */
package io.slipway.batch.engine;
