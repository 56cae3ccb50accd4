package io.slipway.model.publish;

import io.slipway.model.manifest.Manifest;

/**
 * A version that is complete and durable.
 *
 * @param manifest what the version consists of
 * @param manifestSha256 the hash of the stored manifest, in hex
 */
public record CommittedVersion(Manifest manifest, String manifestSha256) {}
