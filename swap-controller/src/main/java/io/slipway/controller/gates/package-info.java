/**
 * The gates: what a committed version must pass, compared with the current one, before it may be swapped in. {@link
 * io.slipway.controller.gates.Gates} runs them all; each is a {@code Gate}. They are pure functions of two manifests, of
 * what a node found in the records, and of the dataset's settings; what becomes of a version that one of them holds is the
 * controller's business.
 *
 * <p>A further gate is a class here, a line in {@code Gates}, and its limit in {@link
 * io.slipway.model.catalog.GateSettings}.
 */
package io.slipway.controller.gates;
