package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.VersionId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request's body, and of the connection that it comes on, whether or not anybody wants it. */
class RestBodiesTest {

    private static final String GOOD = "GET /v1/datasets/text/records/a HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    private Path temporary;

    private TestNode node;

    @BeforeEach
    void start() {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        node = TestNode.start(
                repository, TestNode.settings(temporary.resolve("data")).withReads(reads -> reads.withBodyBytes(1000)));
        VersionId version = repository.publish("text", Map.of("a", "1"));
        repository.swap(version);
        node.awaitServed(version);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** Most clients send the head first; the body is on its way when the reply could be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 POST /v1/datasets/none/records:batchGet",
                "404 PUT /v1/none",
                "405 PUT /v1/datasets/text/records/a",
                "400 POST /v1/datasets/text/records:batchGet?none=1",
                "413 POST /v1/datasets/text/records:batchGet",
                "200 GET /v1/datasets/text/records/a"
            })
    void theConnectionOutlivesARequestWhoseBodyNobodyWants(String expected) throws IOException {
        String request = expected.substring(4) + " HTTP/1.1\r\nHost: x\r\n";
        String body = "x".repeat(5000);
        for (boolean chunked : new boolean[] {false, true}) {
            try (Socket socket = connect()) {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < 3; i++) {
                    out.write(bytes(
                            request + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: 5000") + "\r\n\r\n"));
                    out.flush();
                    pause();
                    out.write(bytes(chunked ? "1388\r\n" + body : body));
                    pause();
                    out.write(bytes(chunked ? "\r\n0\r\n\r\n" : ""));
                    assertThat(head(socket)).startsWith("HTTP/1.1 " + expected.substring(0, 3));
                    out.write(bytes(GOOD));
                    assertThat(head(socket)).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @Test
    void aBodyThatIsNotWantedIsNotAskedFor() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(post("none") + "Expect: 100-continue\r\nContent-Length: 500\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aBodyThatIsWantedIsAskedFor() throws IOException {
        String body = "{\"keys\":[\"a\"]}";
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(bytes(
                            post("text") + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(bytes(body));
            assertThat(head(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 500\r\n\r\n{\"keys\"",
                "Transfer-Encoding: chunked\r\n\r\n50\r\n{\"keys\"",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n"
            })
    void aBodyThatBreaksOffIsABadOne(String rest) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(post("text") + rest));
            socket.shutdownOutput();
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 400").contains("bad-body", "ended early", "Connection: close");
        }
    }

    @Test
    void aBodyThatIsFarTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(post("text") + "Content-Length: 100000000000\r\n\r\n"));
            assertThat(head(socket)).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
        }
    }

    private static String post(String dataset) {
        return "POST /v1/datasets/" + dataset + "/records:batchGet HTTP/1.1\r\nHost: x\r\n";
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** The head of a reply, whose body is read over. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            assertThat(b).as("the connection was closed after: " + head).isNotNegative();
            head.append((char) b);
        }
        int at = head.indexOf("Content-Length: ");
        if (at >= 0) {
            socket.getInputStream().readNBytes(Integer.parseInt(head.substring(at + 16, head.indexOf("\r", at))));
        }
        return head.toString();
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
