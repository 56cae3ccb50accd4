/**
 * The publish contract: how a batch job writes one version and commits it, on whichever route.
 *
 * <p>The SST route and the Kafka route implement {@link io.slipway.model.publish.VersionPublisher}, and both pass the
 * testkit's {@code PublishRouteContract}. What every route has to do alike (duplicate policy, receipts, field
 * statistics) goes here, so that the routes cannot drift apart.
 */
package io.slipway.model.publish;
