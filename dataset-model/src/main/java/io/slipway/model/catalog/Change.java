package io.slipway.model.catalog;

import java.time.Instant;

/**
 * Who changed the catalog, what, when and why.
 *
 * @param who the operator or process
 * @param what the change in a few words
 * @param why the reason given; may be empty
 * @param when when
 */
public record Change(String who, String what, String why, Instant when) {}
