package io.slipway.serving.http;

import io.slipway.model.UnavailableException;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.QuietLogs;
import io.slipway.serving.ServingNode;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.connection.SerialConnections;
import io.slipway.serving.connection.SlowClients;
import io.slipway.serving.metrics.LookupMetrics;
import java.time.InstantSource;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server of the lookup port: HTTP/1.1, in TLS where a certificate is set, one acceptor, two selectors that answer in
 * their own threads what memory can answer, and a few threads for the rest. Thread-safe.
 */
public final class LookupServer implements AutoCloseable {

    /** The most bytes that the address and the headers of a request may have together. */
    static final int MAX_HEADER_BYTES = 16 << 10;

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;
    private static final int THREADS = ACCEPTORS + SELECTORS + 5;
    private static final int ACCEPT_QUEUE = 1024;

    private final Server server;
    private final ServerConnector connector;

    private LookupServer(
            NodeSettings settings, ServingNode node, LookupMetrics metrics, AccessLog accessLog, InstantSource clock) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, THREADS);
        threads.setName("slipway-lookup");
        threads.setReservedThreads(0);
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(
                server,
                ACCEPTORS,
                SELECTORS,
                settings.security().protocols(new SerialConnections(configuration()), clock.instant()));
        connector.setHost(settings.bindAddress());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        SlowClients.watch(connector, settings.reads().time());
        server.addConnector(connector);
        server.setErrorHandler(new LookupErrors(node.snapshots(), metrics, accessLog));
        server.setHandler(new LookupHandler(
                node, settings.reads(), metrics, accessLog, settings.security().check()));
    }

    /**
     * Starts a server.
     *
     * @param node what it answers from
     * @param metrics counts what it answers
     * @param accessLog gets what it answers; not closed with it
     * @param clock the time when the certificate has to be valid
     * @throws UnavailableException if the port cannot be had
     * @throws io.slipway.model.InvalidInputException if certificate, key or tokens are not as they should be
     */
    public static LookupServer start(
            NodeSettings settings, ServingNode node, LookupMetrics metrics, AccessLog accessLog, InstantSource clock) {
        QuietLogs.quiet();
        LookupServer lookups = new LookupServer(settings, node, metrics, accessLog, clock);
        try {
            lookups.server.start();
            return lookups;
        } catch (Exception e) {
            lookups.close();
            throw new UnavailableException(
                    "The lookup port " + settings.bindAddress() + ":" + settings.port() + " cannot be had: "
                            + e.getMessage() + ". Stop what uses it, or name another with --port.",
                    e);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // Keys may hold anything; the handler takes the raw path apart itself and resolves nothing.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops taking requests. Requests under way may be cut off. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The lookup server cannot be stopped", e);
        }
    }
}
