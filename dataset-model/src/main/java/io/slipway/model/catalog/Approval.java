package io.slipway.model.catalog;

import java.time.Instant;

/**
 * That an operator let a version through which a gate held.
 *
 * @param who the operator
 * @param why the reason given
 * @param when when
 */
public record Approval(String who, String why, Instant when) {}
