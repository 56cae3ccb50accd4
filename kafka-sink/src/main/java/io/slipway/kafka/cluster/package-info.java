/**
 * The port to a Kafka cluster: the few calls that the Kafka route makes, each of which has happened or failed when it
 * returns. {@link io.slipway.kafka.cluster.KafkaCluster} makes them with Kafka's own clients; tests put faults in between.
 * Errors of the clients become Slipway's here and nowhere else.
 */
package io.slipway.kafka.cluster;
