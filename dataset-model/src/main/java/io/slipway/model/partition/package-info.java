/**
 * Which partition a key belongs to: DESIGN §4, the same on both routes. Nothing else may decide that.
 */
package io.slipway.model.partition;
