/**
 * From the repository to an open, verified version that readers cannot see yet: {@link
 * io.slipway.serving.staging.Stager}. Nothing here decides what is staged or shown. Another route than files of a bundle
 * is another source beside {@link io.slipway.serving.staging.BundleFetcher}.
 */
package io.slipway.serving.staging;
