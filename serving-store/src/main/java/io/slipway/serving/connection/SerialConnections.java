package io.slipway.serving.connection;

import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 connections that one thread at a time reads requests from.
 *
 * <p><b>Why.</b> Jetty has the reply to a request whose head is malformed made by another thread, while the first is still
 * in the connection's parser. Once that reply is written a third goes on with the connection, while the first may still
 * have to return from the parser and give the connection's buffer back (in 12.1; its issue 12939 looks alike). If the third
 * is quick, it reads what the client sends next into a buffer that by then belongs to another request or reply, or gives
 * the buffer back once more, so that two connections get it: readers were sent replies to requests of others. Here the third
 * waits until the first has left. Nobody waits for long, as the first is on its way out, and a lock that nobody else wants
 * costs some twenty nanoseconds. {@code SerialConnectionsTest} and {@code RestRacesTest} attack it.
 */
public final class SerialConnections extends HttpConnectionFactory {

    /** Connections with the settings given. */
    public SerialConnections(HttpConfiguration settings) {
        super(settings);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new SerialConnection(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    private static final class SerialConnection extends HttpConnection {
        private final ReentrantLock reading = new ReentrantLock();

        SerialConnection(HttpConfiguration settings, Connector connector, EndPoint endPoint) {
            super(settings, connector, endPoint);
        }

        @Override
        public void onFillable() {
            reading.lock();
            try {
                super.onFillable();
            } finally {
                reading.unlock();
            }
        }
    }
}
