package io.slipway.model.manifest;

/**
 * One file of a version.
 *
 * @param name its name within the version's folder
 * @param partition the partition that it belongs to
 * @param bytes its size
 * @param records how many records it holds, at least one
 * @param sha256 its hash, 64 hex digits
 * @param leastKey its least encoded key, in hex
 * @param greatestKey its greatest encoded key, in hex
 */
public record FileEntry(
        String name, int partition, long bytes, long records, String sha256, String leastKey, String greatestKey) {}
