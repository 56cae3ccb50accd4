package io.slipway.serving.access;

import io.slipway.serving.metrics.LookupKind;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * One reply, as it is to be logged. Immutable.
 *
 * @param time when the reply was written
 * @param sent the request
 * @param dataset the dataset that the reply is about; empty if it is about none that is served
 * @param kind what was asked for
 * @param bytes the size of the body
 * @param nanos how long it took, from the request's headers to the written reply
 * @param version the version that the reply is about; 0 if none
 * @param catalog the catalog that the reply was made from; 0 if none
 */
public record AccessEntry(
        Instant time,
        Sent sent,
        String dataset,
        LookupKind kind,
        int status,
        int bytes,
        long nanos,
        long version,
        long catalog) {

    /** The reply to a request that was not understood. */
    public static AccessEntry ofNothing(Instant time, Sent sent, int status, int bytes, long nanos) {
        return new AccessEntry(time, sent, "", LookupKind.OTHER, status, bytes, nanos, 0, 0);
    }

    /**
     * What is kept of a request that is over. Immutable.
     *
     * @param client the other end of the connection
     * @param address what was asked for
     */
    public record Sent(SocketAddress client, String method, HttpURI address) {

        private static final SocketAddress UNKNOWN = InetSocketAddress.createUnresolved("unknown", 0);

        /** Of a request that is not over yet. */
        public static Sent by(Request request) {
            SocketAddress client = request.getConnectionMetaData().getRemoteSocketAddress();
            return new Sent(client == null ? UNKNOWN : client, request.getMethod(), request.getHttpURI());
        }

        String clientText() {
            return client instanceof InetSocketAddress inet && inet.getAddress() != null
                    ? inet.getAddress().getHostAddress()
                    : "";
        }
    }
}
