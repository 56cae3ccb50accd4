package io.slipway.serving.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

class SerialConnectionsTest {

    private static final int OTHER_THREAD_MILLIS = 500;

    @Test
    void nobodyGoesOnWithAConnectionThatAnotherThreadIsStillReading() throws Exception {
        HeldThreads threads = new HeldThreads();
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, new SerialConnections(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            String reply = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(reply).startsWith("HTTP/1.1 400 ");
            assertThat(threads.wentOnMeanwhile.get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(threads.wentOn.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.stop();
        }
    }

    /**
     * The parser has the reply to a malformed request made at once by another thread. Here it is held up until that reply is
     * written, and long enough for a third to go on with the connection.
     */
    private static final class HeldThreads extends QueuedThreadPool {
        private final CountDownLatch wentOn = new CountDownLatch(1);
        private final CompletableFuture<Boolean> wentOnMeanwhile = new CompletableFuture<>();

        @Override
        public boolean tryExecute(Runnable reply) {
            CompletableFuture.runAsync(reply).join();
            try {
                wentOnMeanwhile.complete(wentOn.await(OTHER_THREAD_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        @Override
        public void execute(Runnable task) {
            super.execute(task instanceof Connection ? () -> goOn(task) : task);
        }

        private void goOn(Runnable connection) {
            connection.run();
            wentOn.countDown();
        }
    }
}
