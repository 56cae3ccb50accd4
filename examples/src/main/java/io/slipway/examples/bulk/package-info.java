/**
 * A subscriber of its own to versions that are published over Kafka: it writes each as a file for the bulk interface of a
 * search index, from the same topics that nodes make their versions of. It shows
 * {@link io.slipway.kafka.read.VersionTopicReader}, and how to be all or nothing and restartable with it.
 */
package io.slipway.examples.bulk;
