/**
 * The SST route: versions as bundles of RocksDB SST files in a repository ({@code spec/bundle-format.md}).
 *
 * <p>{@link io.slipway.sst.SstVersionPublisher} writes them; {@link io.slipway.sst.BundleVerifier} and {@link
 * io.slipway.sst.BundleReader} work on committed ones. Nodes use {@link io.slipway.sst.SstCheck} and {@link
 * io.slipway.sst.SstFormat} on the files they fetched. What else works on bundles goes here.
 */
package io.slipway.sst;
