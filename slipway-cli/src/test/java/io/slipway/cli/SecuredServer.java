package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.security.CertificateAuthority;
import io.slipway.testkit.Certificates;
import io.slipway.testkit.Certificates.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server with TLS on both ports and two tokens, {@code web} for reading and {@code ann} for operating, which {@code slipway
 * token} has made. It serves version 2 of {@code d}, and keeps version 1.
 */
final class SecuredServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final PublishFixture fixture;
    private final Issued issued;
    private final AllInOne server;
    private final HttpClient http;
    private final StringBuilder said = new StringBuilder();

    SecuredServer(Path folder) {
        this.folder = folder;
        fixture = new PublishFixture(folder);
        issued = new Certificates(folder).local("server");
        token("web", "reader");
        token("ann", "operator");
        server = AllInOne.start(
                fixture.repository(),
                NodeSettings.of(folder.resolve("data"))
                        .withPorts(0, 0)
                        // That others reach administration is allowed now.
                        .withBindAddresses("127.0.0.1", "0.0.0.0")
                        .withSecurity(security -> security.withCertificate(issued.certificate())
                                .withKey(issued.key())
                                .withTokens(folder.resolve("tokens"))));
        http = HttpClient.newBuilder()
                .sslContext(CertificateAuthority.trusting(issued.certificate()))
                .build();
        for (int version = 1; version <= 2; version++) {
            Path input = fixture.file("in" + version + ".csv", "id,price", "a," + version, "b," + version);
            assertThat(fixture.publish(input, "--key", "id", "--wait").code()).isZero();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send("GET", reads("/v1/datasets/d/records/a"), secret("web"))
                        .body()
                        .contains("2"));
    }

    URI reads(String path) {
        return server.readsUri().resolve(path);
    }

    URI admin(String path) {
        return server.adminUri().resolve(path);
    }

    /** The file with somebody's token. */
    Path tokenFile(String name) {
        return folder.resolve(name + ".token");
    }

    /** The file with the server's certificate. */
    Path certificate() {
        return issued.certificate();
    }

    /** Somebody's token. */
    String secret(String name) {
        try {
            return Files.readString(tokenFile(name)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> send(String method, URI uri, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).method(method, body(method, uri));
        if (!method.equals("GET")) {
            request.header("Content-Type", uri.getPath().endsWith("Get") ? "application/json" : "text/plain");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> reply = http.send(request.build(), BodyHandlers.ofString());
            said.append(reply.headers().map()).append(reply.body()).append('\n');
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.BodyPublisher body(String method, URI uri) {
        if (uri.getPath().endsWith("records:batchGet")) {
            return BodyPublishers.ofString("{\"keys\":[\"a\"]}");
        }
        if (uri.getPath().endsWith("batchGet")) {
            return BodyPublishers.ofString("{\"datasets\":[{\"dataset\":\"d\",\"keys\":[\"a\"]}]}");
        }
        return method.equals("PUT") ? BodyPublishers.ofString("20m") : BodyPublishers.noBody();
    }

    /** Runs a command. */
    Outcome execute(String... arguments) {
        Outcome outcome = PublishFixture.execute(arguments);
        said.append(outcome.out()).append(outcome.err());
        return outcome;
    }

    /** All that replies and commands said, but for `slipway token`. */
    String said() {
        return said.toString();
    }

    /** Who changed the catalog, what and why, each a line. */
    List<String> changes() {
        try (Stream<Path> files = Files.list(fixture.repository().resolve("catalog"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(SecuredServer::change)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String change(Path catalog) {
        try {
            JsonNode change = JSON.readTree(catalog.toFile()).path("change");
            return change.path("who").asText() + ": " + change.path("what").asText() + ", for "
                    + change.path("why").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path repository() {
        return fixture.repository();
    }

    private void token(String name, String role) {
        Outcome made = PublishFixture.execute(
                "token",
                name,
                "--role",
                role,
                "--file",
                folder.resolve("tokens").toString());
        assertThat(made.code()).as(made.err()).isZero();
        try {
            Files.writeString(tokenFile(name), made.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
