/**
 * The Kafka route: versions as topics, complete as soon as commit markers say so ({@code spec/version-topic.md}).
 *
 * <p>{@link io.slipway.kafka.KafkaVersionPublisher} writes them. {@code control} has the records that are not data, {@code
 * ledger} the topics that all publishers share, {@code cluster} the port to Kafka, {@code read} the side of the readers.
 */
package io.slipway.kafka;
