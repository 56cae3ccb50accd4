package io.slipway.examples;

import java.time.Instant;

/**
 * Somebody looked at a page, as {@code views.csv} has it: the components are columns of the file, by name.
 *
 * @param viewer who
 * @param page the page's path
 * @param at when
 */
public record View(String viewer, String page, Instant at) {}
