/**
 * The job {@code route-delays}: a feature table, aggregated from events. It shows keyBy, an aggregator of one's own
 * whose parts are combined before the shuffle, and publish.
 */
package io.slipway.examples.delays;
