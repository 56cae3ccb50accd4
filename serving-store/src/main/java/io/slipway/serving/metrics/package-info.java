/**
 * What a node counts while it answers, cheap enough for every request. How it is shown to Prometheus is the admin
 * server's business.
 */
package io.slipway.serving.metrics;
