/**
 * Tests of all modules together, without the command: a dataset's whole life in one process of controller, node and
 * publisher ({@link io.slipway.cli.life.LiveProcess}), with a fault somewhere. What must never happen is in {@link
 * io.slipway.cli.life.Invariants} and {@link io.slipway.cli.life.Watch}.
 */
package io.slipway.cli.life;
