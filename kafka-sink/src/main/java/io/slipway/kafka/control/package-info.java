/**
 * The records of the Kafka route that are not data, and the names of its topics ({@code spec/version-topic.md}): what they
 * say, and how they are written down. Their Avro schemas are resources beside these classes. Pure: nothing here talks to a
 * cluster.
 */
package io.slipway.kafka.control;
