package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.serving.security.CertificateAuthority;
import io.slipway.testkit.CapturedLog;
import io.slipway.testkit.Certificates;
import io.slipway.testkit.Certificates.Issued;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ports in TLS. */
class TlsTest {

    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final byte TLS_1_1 = 2;
    private static final byte TLS_1_2 = 3;

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Issued server;
    private static CapturedLog log;
    private static TwoPorts ports;

    @BeforeAll
    static void serve() {
        log = new CapturedLog();
        certificates = new Certificates(folder);
        server = certificates.local("server");
        ports = start("node", server);
    }

    @AfterAll
    static void stopAndFindNothingInTheLog() {
        ports.close();
        log.close();
        assertThat(log.text()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void bothVersionsOfTlsAreSpokenOnBothPorts() throws Exception {
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(CertificateAuthority.trusting(server.certificate()))
                    .sslParameters(new SSLParameters(null, new String[] {version}))
                    .build();
            HttpResponse<String> read = get(client, "127.0.0.1", ports.reads(), "/v1/datasets/pages/records/a");
            assertThat(read.body()).isEqualTo("\"1\"");
            assertThat(read.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            assertThat(get(client, "localhost", ports.admin(), "/healthz").body())
                    .isEqualTo("ok\n");
            assertThat(get(client, "127.0.0.1", ports.admin(), "/v1/node").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCertificateIsTrustedForTheOneAboveIt() throws Exception {
        Issued authority = certificates.authority("authority");
        try (TwoPorts signed = start("signed", certificates.signed("leaf", "authority"))) {
            assertThat(get(trusting(authority), "127.0.0.1", signed.admin(), "/healthz")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aServerThatIsNotTrustedOrHasAnotherNameIsNotAsked() {
        Issued stranger = certificates.local("stranger");
        for (int port : new int[] {ports.reads(), ports.admin()}) {
            assertThatThrownBy(() -> get(trusting(stranger), "127.0.0.1", port, "/healthz"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("PKIX");
        }
        Issued elsewhere = certificates.selfSigned("elsewhere", "EC", "dns:elsewhere.example", "-validity", "2");
        try (TwoPorts other = start("elsewhere", elsewhere)) {
            assertThatThrownBy(() -> get(trusting(elsewhere), "127.0.0.1", other.reads(), "/v1/datasets"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void olderTlsIsRefused() throws IOException {
        for (int port : new int[] {ports.reads(), ports.admin()}) {
            assertThat(exchange(port, hello(TLS_1_1))[0]).isEqualTo((byte) ALERT);
            assertThat(exchange(port, hello(TLS_1_2))[0]).as("the same of 1.2").isEqualTo((byte) HANDSHAKE);
        }
    }

    @Test
    void aPlainRequestGetsNoReply() throws IOException {
        for (int port : new int[] {ports.reads(), ports.admin()}) {
            byte[] reply = exchange(
                    port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(reply, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP", "ok");
            assertThat(reply.length).as("an alert at most").isLessThanOrEqualTo(7);
        }
    }

    @Test
    void whatIsNoTlsAtAllLeavesTheServerWell() throws Exception {
        for (int port : new int[] {ports.reads(), ports.admin()}) {
            byte[] cut = hello(TLS_1_2);
            cut[3] = 0x40; // Longer than a record may be.
            exchange(port, cut);
            exchange(port, new byte[] {HANDSHAKE, 3, 1, 0, 4, 1, 0, 0, 0});
            exchange(port, new byte[100]);
        }
        assertThat(get(trusting(server), "127.0.0.1", ports.reads(), "/v1/datasets")
                        .statusCode())
                .isEqualTo(200);
    }

    private static TwoPorts start(String name, Issued issued) {
        return TwoPorts.start(
                folder.resolve(name),
                settings -> settings.withSecurity(
                        tls -> tls.withCertificate(issued.certificate()).withKey(issued.key())));
    }

    private static HttpClient trusting(Issued issued) {
        return HttpClient.newBuilder()
                .sslContext(CertificateAuthority.trusting(issued.certificate()))
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, String host, int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What the server sends to these bytes, up to its first kilobyte or the end. */
    private static byte[] exchange(int port, byte[] sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return socket.getInputStream().readNBytes(1024);
        } catch (SocketException e) {
            return new byte[0]; // Closed at once.
        }
    }

    /** The first message of a client that knows this version at most. */
    private static byte[] hello(byte minor) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {3, minor});
        body.writeBytes(new byte[32]); // Its random number.
        body.write(0); // No session.
        // ECDHE_ECDSA with AES_128_GCM, and with AES_128_CBC.
        body.writeBytes(new byte[] {0, 4, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x09});
        body.writeBytes(new byte[] {1, 0}); // No compression.
        // Extensions: the groups secp256r1, and the signatures ecdsa_secp256r1_sha256.
        body.writeBytes(new byte[] {0, 16, 0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 3});
        int length = body.size();
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {HANDSHAKE, 3, 1, 0, (byte) (length + 4), 1, 0, 0, (byte) length});
        hello.writeBytes(body.toByteArray());
        return hello.toByteArray();
    }
}
