package io.slipway.examples.activity;

/**
 * The value of the dataset {@code page-views-by-age}: a record around the number, so that a later version can have more
 * fields and today's readers still read it.
 *
 * @param views how often viewers of the group viewed the page
 */
public record PageViews(long views) {}
