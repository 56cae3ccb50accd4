/**
 * What differs between two versions of a dataset, found by one merge over their sorted files: {@link
 * io.slipway.sst.diff.VersionDiffer} compares, {@link io.slipway.sst.diff.VersionDiff} is the result. What counts as another
 * value is {@link io.slipway.sst.diff.ValueComparison}, which the node's samples use too. How a difference is
 * written for people or programs goes here too; what reads files is {@link io.slipway.sst.VersionRecords}.
 */
package io.slipway.sst.diff;
