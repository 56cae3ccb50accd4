package io.slipway.kafka.cluster;

/**
 * A topic of the cluster.
 *
 * @param name its name
 * @param id the id that the cluster gave it; a topic that was deleted and created again has another
 * @param partitions its number of partitions
 * @param writable whether this client may write it
 */
public record TopicInfo(String name, String id, int partitions, boolean writable) {}
