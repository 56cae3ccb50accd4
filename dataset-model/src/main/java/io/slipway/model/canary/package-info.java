/**
 * Canaries: what a version has to answer for single keys before readers may see it. {@link
 * io.slipway.model.canary.Canary} is one, read from an operator's text by {@link io.slipway.model.canary.CanaryText};
 * {@link io.slipway.model.canary.CanaryCheck} tells whether a version's records satisfy it. A further kind of expectation
 * is a {@link io.slipway.model.canary.Expectation} and its words in {@code CanaryText}. Who asks, and what becomes of the
 * answer, is the business of nodes and controllers.
 */
package io.slipway.model.canary;
