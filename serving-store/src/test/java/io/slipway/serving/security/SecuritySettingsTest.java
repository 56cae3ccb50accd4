package io.slipway.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import io.slipway.testkit.Certificates;
import io.slipway.testkit.Certificates.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted as certificate and key, and what is said of the rest. */
class SecuritySettingsTest {

    @TempDir
    private static Path folder;

    private static Issued ec;
    private static Issued rsa;

    @BeforeAll
    static void issue() {
        Certificates certificates = new Certificates(folder);
        ec = certificates.local("ec");
        rsa = certificates.selfSigned("rsa", "RSA", "ip:127.0.0.1", "-validity", "2");
    }

    @Test
    void certificatesOfBothAlgorithmsAreTakenAlsoFromOneFile() throws IOException {
        for (Issued issued : new Issued[] {ec, rsa}) {
            assertThatCode(() -> open(issued.certificate(), issued.key())).doesNotThrowAnyException();
            Path both = file("both", Files.readString(issued.key()) + Files.readString(issued.certificate()));
            SecuritySettings settings = SecuritySettings.NONE.withCertificate(both);
            assertThatCode(() -> open(settings, Instant.now())).doesNotThrowAnyException();
            assertThat(settings.scheme()).isEqualTo("https");
        }
    }

    @Test
    void aKeyInAnotherFormIsRefusedWithTheCommandThatConvertsIt() throws IOException {
        String key = Files.readString(rsa.key());
        Path old = file("old", key.replace("PRIVATE KEY", "RSA PRIVATE KEY"));
        assertRefused(rsa.certificate(), old, "old form RSA PRIVATE KEY", "openssl pkcs8 -topk8 -nocrypt -in " + old);
        Path curve = file("curve", key.replace("PRIVATE KEY", "EC PRIVATE KEY"));
        assertRefused(ec.certificate(), curve, "old form EC PRIVATE KEY", "openssl pkcs8");
        Path withHeaders = file("headers", """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES,00

                AA==
                -----END RSA PRIVATE KEY-----
                """);
        assertRefused(rsa.certificate(), withHeaders, "old form", "openssl pkcs8");
        Path encrypted = file("encrypted", key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        assertRefused(rsa.certificate(), encrypted, "is encrypted", "openssl pkcs8");
    }

    @Test
    void whatIsNoCertificateOrKeyIsRefusedWithWhatWasFound() throws IOException {
        assertRefused(rsa.key(), rsa.key(), "has no certificate", "it has: PRIVATE KEY");
        assertRefused(rsa.certificate(), rsa.certificate(), "has no private key", "it has: CERTIFICATE");
        assertRefused(file("der", "\u0000\u0001"), rsa.key(), "nothing in PEM", "openssl x509");
        assertRefused(folder.resolve("none"), rsa.key(), "cannot be read", "none");
        assertRefused(
                file("cut", Files.readString(rsa.certificate()).replaceFirst("\n.{64}\n", "\n")),
                rsa.key(),
                "is damaged",
                "cut");
        assertRefused(
                rsa.certificate(),
                file("short", Files.readString(rsa.key()).replaceFirst("\n.{64}\n", "\n")),
                "is damaged",
                "short");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        Issued other = new Certificates(folder).local("other");
        assertRefused(ec.certificate(), other.key(), "does not belong", "CN=ec");
        assertRefused(ec.certificate(), rsa.key(), "certificate's algorithm", "EC");
    }

    @Test
    void aCertificateOutOfItsTimeIsRefused() {
        SecuritySettings settings =
                SecuritySettings.NONE.withCertificate(ec.certificate()).withKey(ec.key());
        for (Duration away : new Duration[] {Duration.ofDays(3), Duration.ofDays(-1)}) {
            assertThatThrownBy(() -> open(settings, Instant.now().plus(away)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("CN=ec")
                    .hasMessageContaining("is valid from");
        }
    }

    @Test
    void aKeyWithoutACertificateIsRefused() {
        assertThatThrownBy(() -> open(SecuritySettings.NONE.withKey(ec.key()), Instant.now()))
                .hasMessageContaining("tls.certificate");
    }

    @Test
    void administrationThatOthersReachWantsAnOperatorsToken() throws IOException {
        Token token = Token.random(new SecureRandom());
        SecuritySettings readers = SecuritySettings.NONE.withTokens(
                file("readers", Tokens.line(new TokenOwner("web", Role.READER), token)));
        SecuritySettings operators = SecuritySettings.NONE.withTokens(
                file("operators", Tokens.line(new TokenOwner("ann", Role.OPERATOR), token)));
        for (String here : new String[] {"127.0.0.1", "127.1.2.3", "::1", "localhost"}) {
            assertThatCode(() -> SecuritySettings.NONE.requireClosedAdministration(here))
                    .as(here)
                    .doesNotThrowAnyException();
        }
        for (String open : new String[] {"0.0.0.0", "::", "192.0.2.1", ""}) {
            for (SecuritySettings settings : new SecuritySettings[] {SecuritySettings.NONE, readers}) {
                assertThatThrownBy(() -> settings.requireClosedAdministration(open))
                        .as(open)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("slipway token")
                        .hasMessageContaining("admin.bind=127.0.0.1");
            }
            assertThatCode(() -> operators.requireClosedAdministration(open))
                    .as(open)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anOperatorIsWarnedOfAnOpenKeyFileAndOfTokensInTheClear() throws IOException {
        SecuritySettings tls =
                SecuritySettings.NONE.withCertificate(ec.certificate()).withKey(ec.key());
        assertThat(tls.warnings("0.0.0.0")).isEmpty();
        Path open = file("open", Files.readString(ec.key()));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(tls.withKey(open).warnings()).singleElement().asString().contains("chmod 600 " + open);
        SecuritySettings tokens = SecuritySettings.NONE.withTokens(open);
        assertThat(tokens.warnings("127.0.0.1")).isEmpty();
        assertThat(tokens.warnings("0.0.0.0", "127.0.0.1"))
                .singleElement()
                .asString()
                .contains("0.0.0.0 unencrypted");
    }

    private static void assertRefused(Path certificate, Path key, String... parts) {
        assertThatThrownBy(() -> open(certificate, key))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }

    private static void open(Path certificate, Path key) {
        open(SecuritySettings.NONE.withCertificate(certificate).withKey(key), Instant.now());
    }

    private static void open(SecuritySettings settings, Instant now) {
        assertThat(settings.protocols(new HttpConnectionFactory(new HttpConfiguration()), now))
                .hasSize(2);
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
