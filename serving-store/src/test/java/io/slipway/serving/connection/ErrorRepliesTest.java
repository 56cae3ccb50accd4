package io.slipway.serving.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrorRepliesTest {

    private static final int LATE_MILLIS = 200;
    private static final int LONG_MILLIS = 400;
    /** Its head is well-formed, its path is none. */
    private static final String NO_PATH = "GET * HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, new SerialConnections(new HttpConfiguration()));

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setErrorHandler(new ErrorReplies() {
            @Override
            protected ByteBuffer reply(Request request, Response response) {
                return ByteBuffer.wrap(bytes("wrong"));
            }
        });
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (request.getHttpURI().getPath().equals("/long")) {
                    sleep(LONG_MILLIS);
                    Content.Chunk body = request.read();
                    boolean isSpoiled = Content.Chunk.isFailure(body);
                    body.release();
                    response.write(true, ByteBuffer.wrap(bytes(isSpoiled ? "spoil" : "right")), callback);
                } else {
                    Callback lingering = Callback.from(InvocationType.NON_BLOCKING, () -> {
                        callback.succeeded();
                        sleep(LATE_MILLIS);
                    });
                    new Thread(() -> response.write(true, ByteBuffer.wrap(bytes("first")), lingering)).start();
                }
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** The thread that replied to the first request is still about that when the second and the third come. */
    @Test
    void theNextRequestOnTheConnectionIsNoneOfItsBusiness() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            for (int i = 0; i < 2; i++) {
                client.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
                assertThat(reply(client.getInputStream()))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("first");
                client.getOutputStream().write(bytes(NO_PATH));
                assertThat(reply(client.getInputStream()))
                        .startsWith("HTTP/1.1 400 ")
                        .endsWith("wrong")
                        .doesNotContain("Connection: close");
                client.getOutputStream()
                        .write(bytes("POST /long HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody"));
                assertThat(reply(client.getInputStream()))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("right");
            }
        }
    }

    @Test
    void theEndOfTheConnectionIsAnnounced() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            client.getOutputStream().write(bytes("GET / HTTP/1.1\r\n\r\n"));
            assertThat(reply(client.getInputStream()))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** A reply, whose body has five bytes. */
    private static String reply(InputStream in) throws IOException {
        StringBuilder reply = new StringBuilder();
        int end = -1;
        while (end < 0 || reply.length() < end + 9) {
            int b = in.read();
            assertThat(b).as("the connection was closed after: " + reply).isNotNegative();
            reply.append((char) b);
            end = reply.indexOf("\r\n\r\n");
        }
        return reply.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
