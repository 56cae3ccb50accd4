/**
 * What readers of a node see: one immutable {@link io.slipway.serving.view.Snapshot} behind one atomic reference, {@link
 * io.slipway.serving.view.Snapshots}. The node's own thread alone shows a new one; whoever answers readers pins one for
 * the time of a request. {@link io.slipway.serving.view.SnapshotPlan} decides what the next one holds.
 */
package io.slipway.serving.view;
