/**
 * From a version topic to SST files ({@code spec/version-topic.md}, "What a consumer checks"): {@link
 * io.slipway.serving.ingest.TopicFetcher}. It ends where a version is what one of a bundle is, verified files in its fetch
 * folder; what becomes of those is {@link io.slipway.serving.staging.Stager}'s, on either route. {@link
 * io.slipway.serving.ingest.TopicFiles} has such files made where there is no node, for what compares, exports or verifies.
 */
package io.slipway.serving.ingest;
