/**
 * Lookups inside the caller's process: {@link io.slipway.serving.reader.SlipwayReader} is a node without a server. It
 * stages, follows the catalog and swaps as any node does, and a lookup is a lookup in a pinned snapshot, as over HTTP; the
 * same contract is tested on both ({@code ReadContract}). What a reader may ask is a method of {@link
 * io.slipway.serving.reader.DatasetReader}.
 */
package io.slipway.serving.reader;
