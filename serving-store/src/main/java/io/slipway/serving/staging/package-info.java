/**
 * From the repository to an open, verified version that readers cannot see yet: {@link
 * io.slipway.serving.staging.Stager}. Nothing here decides what is staged or shown. Where a
 * version's files come from is behind {@link io.slipway.serving.staging.VersionSource}: another route is another source.
 */
package io.slipway.serving.staging;
