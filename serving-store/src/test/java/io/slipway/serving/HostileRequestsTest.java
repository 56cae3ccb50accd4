package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.serving.security.Role;
import io.slipway.serving.security.Token;
import io.slipway.serving.security.TokenOwner;
import io.slipway.serving.security.Tokens;
import io.slipway.testkit.CapturedLog;
import io.slipway.testkit.Certificates;
import io.slipway.testkit.Certificates.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that somebody sends to do harm, on both ports: they are refused, and neither reply nor log tells more. */
class HostileRequestsTest {

    private static final String BATCH = "POST /v1/datasets/pages/records:batchGet HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    private static Path folder;

    private static CapturedLog log;
    private static TwoPorts open;
    private static TwoPorts guarded;
    private static TwoPorts tls;

    @BeforeAll
    static void serve() throws IOException {
        log = new CapturedLog();
        open = TwoPorts.start(folder.resolve("open"), HostileRequestsTest::quick);
        Path tokens = Files.writeString(
                folder.resolve("tokens"),
                Tokens.line(new TokenOwner("ann", Role.OPERATOR), Token.random(new SecureRandom())));
        guarded = TwoPorts.start(
                folder.resolve("guarded"), settings -> quick(settings).withSecurity(with -> with.withTokens(tokens)));
        Issued issued = new Certificates(folder).local("server");
        tls = TwoPorts.start(
                folder.resolve("tls"),
                settings -> quick(settings)
                        .withSecurity(with ->
                                with.withCertificate(issued.certificate()).withKey(issued.key())));
    }

    @AfterAll
    static void stopAndFindNoTraceInTheLog() {
        tls.close();
        guarded.close();
        open.close();
        log.close();
        assertThat(log.text()).doesNotContain("\tat ");
    }

    private static NodeSettings quick(NodeSettings settings) {
        return settings.withReads(reads -> reads.withTime(Duration.ofSeconds(1)));
    }

    static List<String> paths() {
        return List.of(
                "/../../etc/passwd",
                "/..;/v1/node",
                "/healthz/../v1/node",
                "/healthz/%2e%2e/v1/node",
                "/healthz;/../v1/node",
                "/readyz;x=/v1/node",
                "//v1/node",
                "/v1//node",
                "/v1/./node",
                "/%76%31/node",
                "/v1%2Fnode",
                "/v1%5cnode",
                "/v1\\node",
                "/v1/node%00",
                "/v1/node%",
                "/v1/node%zz",
                "/v1/node%u0041",
                "/v1/n\u00f6de",
                "/v1/node#/healthz",
                "/metrics/../v1/node",
                "/v1/node?x=%zz",
                "/v1/node?who=%ff",
                "/v1/datasets/..%2f..%2fetc/records/a",
                "/v1/datasets/%2e%2e/versions",
                "/v1/datasets/a%00/versions",
                "/v1/datasets/pages/versions/1:swap/..",
                "http://evil.example/v1/node",
                "http://localhost@evil.example/v1/node",
                "http:///v1/node",
                "https:v1/node",
                "*",
                "v1/node",
                "",
                "/" + "a/".repeat(4000),
                "/v1/node?" + "a&".repeat(4000));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noPathGetsPastTheGuard(String path) throws IOException {
        for (String method : List.of("GET", "POST", "PUT", "TRACE", "OPTIONS", "CONNECT")) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            for (int port : new int[] {guarded.reads(), guarded.admin()}) {
                String reply = send(port, request);
                assertThat(status(reply)).as("%s: %s", request, reply).isBetween(400, 499);
                assertHarmless(reply);
            }
            for (int port : new int[] {open.reads(), open.admin()}) {
                String reply = send(port, request);
                assertThat(status(reply)).as("%s: %s", request, reply).isBetween(200, 499);
                assertHarmless(reply);
            }
        }
    }

    static List<String> smuggled() {
        String end = "\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return List.of(
                "Content-Length: 5\r\nTransfer-Encoding: chunked" + end,
                "Transfer-Encoding: chunked\r\nContent-Length: 5" + end,
                "Content-Length: 5\r\nContent-Length: 6" + end,
                "Content-Length: 5, 6" + end,
                "Content-Length: +5" + end,
                "Content-Length: -5" + end,
                "Content-Length: 5 " + "\u000b" + end,
                "Content-Length: 99999999999999999999" + end,
                "Transfer-Encoding: chunked, identity" + end,
                "Transfer-Encoding: xchunked" + end,
                "Transfer-Encoding : chunked" + end,
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity" + end,
                " Transfer-Encoding: chunked" + end,
                "X: a\rContent-Length: 5" + end,
                "X: a\u0000b" + end,
                "Host: evil.example" + end,
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(20_000) + "\r\n");
    }

    @ParameterizedTest
    @MethodSource("smuggled")
    void aRequestWhoseEndIsInDoubtIsTheLastOfItsConnection(String rest) throws IOException {
        for (int port : new int[] {open.reads(), open.admin()}) {
            String action = port == open.reads() ? BATCH : "PUT /v1/node/staging-rate HTTP/1.1\r\nHost: localhost\r\n";
            String reply = send(port, action + "Content-Type: text/plain\r\n" + rest);
            assertThat(status(reply)).as("%s: %s", rest, reply).isBetween(400, 499);
            assertThat(reply.split("HTTP/1.1 ", -1)).as("%s: %s", rest, reply).hasSize(2);
            assertHarmless(reply);
        }
    }

    @Test
    void headersThatAreTooLargeOrTooManyAreRefused() throws IOException {
        for (String header :
                List.of("X: " + "x".repeat(20_000), "X: x\r\n".repeat(5000).strip())) {
            for (int port : new int[] {open.reads(), open.admin(), guarded.reads(), guarded.admin()}) {
                String reply = send(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n");
                assertThat(status(reply)).as(reply).isEqualTo(431);
                assertHarmless(reply);
            }
        }
    }

    static List<String> bombs() {
        return List.of(
                "{\"keys\":" + "[".repeat(100_000),
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "{\"keys\":[" + "9".repeat(100_000) + "]}",
                "{\"keys\":[1e999999999]}",
                "{\"keys\":[\"" + "k".repeat(900_000) + "\"]}",
                "{\"keys\":[\"" + "\\u0000".repeat(100_000) + "\"]}",
                "{\"" + "k".repeat(200_000) + "\":1}",
                "{\"keys\":[\"a\"],\"keys\":[\"a\"]}",
                "{"
                        + IntStream.range(0, 20_000)
                                .mapToObj(i -> "\"k" + i + "\":1")
                                .reduce("", (a, b) -> b) + "}",
                "{\"keys\":[{\"a\":[[[[1]]]]}]}",
                "\u0000\u0000");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aBodyMadeToExplodeIsRefused(String body) throws IOException {
        String length = "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n";
        String reply = send(open.reads(), BATCH + length + body);
        assertThat(status(reply)).as(reply).isIn(400, 413);
        assertThat(reply.length()).as("the body is not sent back").isLessThan(2000);
        assertHarmless(reply);
        String rate = "PUT /v1/node/staging-rate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n";
        String refused = send(open.admin(), rate + length + body);
        assertThat(status(refused)).as(refused).isIn(400, 413);
        assertHarmless(refused);
    }

    @Test
    void aClientThatSendsItsRequestByTheByteIsCutOff() throws Exception {
        byte[] headers = ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(1000))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = ("PUT /v1/node/staging-rate HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 2000\r\n\r\n" + " ".repeat(1000))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] handshake = new byte[1000];
        handshake[0] = 0x16;
        handshake[1] = 3;
        handshake[2] = 1;
        handshake[3] = 0x10;
        List<Drip> drips = new ArrayList<>();
        drips.add(new Drip(open.reads(), headers, 10));
        drips.add(new Drip(open.admin(), headers, 10));
        drips.add(new Drip(open.admin(), body, 120));
        drips.add(new Drip(tls.reads(), handshake, 10));
        drips.add(new Drip(tls.admin(), handshake, 10));
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> drips.stream().map(Drip::goesOn).toList().stream().noneMatch(goesOn -> goesOn));
        for (Drip drip : drips) {
            drip.close();
        }
    }

    @Test
    void aClientThatIsOnlyIdleOrQuickIsNotCutOff() throws Exception {
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), open.admin())) {
            long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            // A request now and then, for longer than one may take.
            while (System.nanoTime() < until) {
                idle.getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(readUntil(idle.getInputStream(), "ok\n")).startsWith("HTTP/1.1 200");
                var unused = new java.util.concurrent.CountDownLatch(1)
                        .await(400, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    void aPageOfAnotherSiteCannotOperateThisMachinesNode() throws IOException {
        String nudge = "POST /v1/node/nudge HTTP/1.1\r\nConnection: close\r\n";
        String own = "localhost:" + open.admin();
        assertThat(status(send(open.admin(), nudge + "Host: " + own + "\r\n\r\n")))
                .isEqualTo(204);
        assertThat(status(send(open.admin(), nudge + "Host: " + own + "\r\nOrigin: http://" + own + "\r\n\r\n")))
                .isEqualTo(204);
        assertThat(status(send(open.admin(), nudge + "Host: [::1]:1\r\n\r\n"))).isEqualTo(204);
        for (String headers : List.of(
                "Host: evil.example",
                "Host: evil.example:" + open.admin(),
                "Host: 127.0.0.1.evil.example",
                "Host: localhost.evil.example",
                "Host: 192.0.2.1",
                "Host: " + own + "\r\nOrigin: http://evil.example",
                "Host: " + own + "\r\nOrigin: http://localhost:1",
                "Host: " + own + "\r\nOrigin: null")) {
            for (String request : List.of(nudge, "GET /v1/node HTTP/1.1\r\nConnection: close\r\n")) {
                String reply = send(open.admin(), request + headers + "\r\n\r\n");
                assertThat(status(reply)).as("%s: %s", headers, reply).isEqualTo(403);
                assertThat(reply).contains("urn:slipway:problem:foreign-site");
            }
        }
        String probe = "GET /healthz HTTP/1.1\r\nConnection: close\r\nHost: node-1.example\r\n\r\n";
        assertThat(status(send(open.admin(), probe))).as("a probe").isEqualTo(200);
    }

    private static void assertHarmless(String reply) {
        assertThat(reply).doesNotContain("Exception", ".java", "io.slipway", "eclipse", "Jetty", "root:");
    }

    private static int status(String reply) {
        assertThat(reply).as("a reply").startsWith("HTTP/1.1 ");
        return Integer.parseInt(reply.substring(9, 12));
    }

    private static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            StringBuilder reply = new StringBuilder();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                socket.shutdownOutput();
            } catch (SocketException e) {
                // It does not want to know the rest.
            }
            try {
                byte[] buffer = new byte[8192];
                for (int n = socket.getInputStream().read(buffer);
                        n >= 0;
                        n = socket.getInputStream().read(buffer)) {
                    reply.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketException e) {
                // Closed with bytes of ours unread.
            }
            return reply.toString();
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    /** A connection that sends a byte whenever it is asked whether it goes on. */
    private static final class Drip implements AutoCloseable {
        private final Socket socket;
        private final byte[] bytes;
        private int sent;

        Drip(int port, byte[] bytes, int atOnce) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
            this.bytes = bytes;
            socket.setSoTimeout(1);
            socket.getOutputStream().write(bytes, 0, atOnce);
            sent = atOnce;
        }

        boolean goesOn() {
            try {
                socket.getOutputStream().write(bytes[sent++]);
                return socket.getInputStream().read() >= 0;
            } catch (java.net.SocketTimeoutException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
