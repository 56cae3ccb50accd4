/**
 * The manifest: the document that lists a version's files, counts, digests and schemas, and whose creation is the commit
 * ({@code spec/bundle-format.md}). The format is written down in {@link io.slipway.model.manifest.ManifestJson} alone.
 */
package io.slipway.model.manifest;
