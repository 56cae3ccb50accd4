/**
 * The controller: it discovers committed versions, has them staged, swaps them in, rolls back and retires. Nothing else
 * writes the catalog, whichever process it runs in.
 *
 * <p>{@link io.slipway.controller.TopicController} takes versions over that lie in topics, so that all others know only one
 * kind. {@link io.slipway.controller.Operations} is what an operator asks for, {@link io.slipway.controller.Controller}
 * what happens by itself; what is to become of a dataset is decided in {@link io.slipway.controller.DatasetRules}, which
 * does no I/O. A further rule goes there, a further operator's command into {@code Operations}.
 */
package io.slipway.controller;
