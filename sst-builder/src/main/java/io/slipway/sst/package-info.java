/**
 * The SST route: versions as bundles of RocksDB SST files in a repository ({@code spec/bundle-format.md}).
 *
 * <p>{@link io.slipway.sst.SstVersionPublisher} writes them; {@link io.slipway.sst.BundleVerifier}, {@link
 * io.slipway.sst.BundleReader} and {@link io.slipway.sst.SstVersionReader} work on committed ones; {@link
 * io.slipway.sst.VersionRecords} gives all records of one in the order of their keys. They ask for a version's files by
 * the port {@link io.slipway.sst.VersionFiles}, so that they work on versions that lie elsewhere too. Nodes use {@link
 * io.slipway.sst.SstCheck} and {@link io.slipway.sst.SstFormat} on the files they fetched, and {@link
 * io.slipway.sst.SstOutput} to make such files of a version topic. What else works on bundles goes here.
 */
package io.slipway.sst;
