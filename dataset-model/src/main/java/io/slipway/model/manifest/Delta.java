package io.slipway.model.manifest;

/**
 * What makes a version a delta: its records are changes, puts and deletes, on another version.
 *
 * @param base the number of the version that the changes are on
 * @param baseSha256 the hash of that version's stored manifest, in hex: the base is that one and no other
 * @param deletes how many of the changes are deletes
 */
public record Delta(long base, String baseSha256, long deletes) {}
