/**
 * The side of the readers ({@code spec/version-topic.md}, "What a consumer checks"): {@link
 * io.slipway.kafka.read.PartitionReader} takes a partition apart into attempts and finds the one that counts, for nodes
 * that follow a version while it is written; {@link io.slipway.kafka.read.VersionTopicReader} shows whole verified
 * versions, for any other subscriber.
 */
package io.slipway.kafka.read;
