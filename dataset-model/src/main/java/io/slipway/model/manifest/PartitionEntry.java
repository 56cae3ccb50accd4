package io.slipway.model.manifest;

import io.slipway.model.digest.Digest;

/**
 * What one partition of a version holds.
 *
 * @param partition from 0
 * @param digest the number of its records and the sum of their hashes
 */
public record PartitionEntry(int partition, Digest digest) {}
