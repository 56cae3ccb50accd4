package io.slipway.serving.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes the connections of clients that send a request so slowly that it is not there in time. A connection that is
 * silent is closed by the connector's idle timeout; this one is for those that send a byte now and then, be it of a TLS
 * handshake, of headers or of a body. A request that has arrived may take as long as it takes to be answered. It looks at
 * counters now and then, so that requests pay nothing. Thread-safe.
 */
public final class SlowClients extends AbstractLifeCycle implements Connection.Listener {

    private static final int LOOKS_PER_LIMIT = 4;

    private final ServerConnector connector;
    private final long limitNanos;
    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();

    private volatile Scheduler.Task next = () -> false;

    private SlowClients(ServerConnector connector, Duration limit) {
        this.connector = connector;
        // Who answers a slow request, as lookups do, has a look's time more to say why.
        this.limitNanos = limit.plus(limit.dividedBy(LOOKS_PER_LIMIT)).toNanos();
    }

    /**
     * Watches the connections of a connector that is not started yet.
     *
     * @param limit how long a request may take to arrive
     */
    public static void watch(ServerConnector connector, Duration limit) {
        connector.addBean(new SlowClients(connector, limit));
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) { // What is in it is watched, with its bytes.
            connections.put(connection, new Progress());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void schedule() {
        next = connector.getScheduler().schedule(this::look, limitNanos / LOOKS_PER_LIMIT, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        connections.forEach((connection, progress) -> {
            if (progress.isTooSlow(connection, now, limitNanos)) {
                connection.getEndPoint().close();
            }
        });
        if (isRunning() || isStarting()) {
            schedule();
        }
    }

    /** What a connection was like when it was looked at last. Used by one thread at a time. */
    private static final class Progress {
        private long answered;
        private long bytesBefore;
        private long begin;
        private boolean isArriving;

        /** Whether bytes have come for longer than the limit, the latest since the last look, and no request was answered. */
        boolean isTooSlow(Connection connection, long now, long limit) {
            long answers = connection.getMessagesOut();
            long bytes = bytesIn(connection);
            boolean hasCome = bytes != bytesBefore;
            bytesBefore = bytes;
            if (answers != answered) {
                answered = answers;
                isArriving = false;
            } else if (hasCome && !isArriving) {
                isArriving = true;
                begin = now;
            }
            return isArriving && hasCome && now - begin > limit;
        }

        private static long bytesIn(Connection connection) {
            return connection.getEndPoint() instanceof EndPoint.Wrapper tls
                    ? tls.unwrap().getConnection().getBytesIn()
                    : connection.getBytesIn();
        }
    }
}
