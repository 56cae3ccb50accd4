/**
 * A real Kafka broker inside this process, for trying the Kafka route and for its tests; not for production, where a
 * cluster of brokers keeps copies of everything.
 *
 * <p>{@link io.slipway.kafka.embedded.EmbeddedBroker} starts it from {@link io.slipway.kafka.embedded.BrokerSettings};
 * {@link io.slipway.kafka.embedded.BrokerProcess} is the same as a process of its own. What else runs a broker goes here;
 * what talks to one goes into {@code io.slipway.kafka}.
 */
package io.slipway.kafka.embedded;
