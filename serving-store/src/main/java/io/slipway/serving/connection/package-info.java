/**
 * What the servers of both ports do with a connection and what comes on it, whatever is asked: {@link
 * io.slipway.serving.connection.SerialConnections} keeps requests apart, {@link
 * io.slipway.serving.connection.ErrorReplies} answers those that are none, {@link
 * io.slipway.serving.connection.RequestBody} reads bodies, {@link io.slipway.serving.connection.SlowClients} ends
 * connections that never get to the point. Who may ask belongs to {@code security}, what a request means to {@code http}
 * and {@code admin}.
 */
package io.slipway.serving.connection;
