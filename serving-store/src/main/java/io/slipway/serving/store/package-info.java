/**
 * What a node has on its disk and open: the data folder with its lock and the node's own state, one folder for each
 * staged version, and the opened versions that readers look up in. Nothing here knows the repository, the catalog or
 * HTTP. A new thing that a node keeps on disk goes here, with a rule for what a crash in the middle of writing it
 * leaves behind.
 */
package io.slipway.serving.store;
