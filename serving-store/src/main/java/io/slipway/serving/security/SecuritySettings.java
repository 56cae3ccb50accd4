package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * How a node's two ports are secured. The files are read when a port is opened; a changed one counts from the next start.
 * Immutable; each {@code with…} method returns a changed copy.
 *
 * @param certificate the file with the certificate of both ports, and those above it, in PEM. With it they speak TLS only.
 *     Default none
 * @param key the file with its private key, PKCS#8 in PEM. Default the certificate's file
 * @param tokens the file with the tokens' hashes. With it every request needs a token, but for those that ask whether the
 *     node is well. Default none
 */
public record SecuritySettings(Optional<Path> certificate, Optional<Path> key, Optional<Path> tokens) {

    /** Neither TLS nor tokens. */
    public static final SecuritySettings NONE =
            new SecuritySettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** These settings with a certificate. */
    public SecuritySettings withCertificate(Path file) {
        return new SecuritySettings(Optional.of(file), key, tokens);
    }

    /** These settings with a key of the certificate. */
    public SecuritySettings withKey(Path file) {
        return new SecuritySettings(certificate, Optional.of(file), tokens);
    }

    /** These settings with tokens. */
    public SecuritySettings withTokens(Path file) {
        return new SecuritySettings(certificate, key, Optional.of(file));
    }

    /**
     * The check of a port's requests, if they need tokens.
     *
     * @throws InvalidInputException if the tokens file is not as it should be
     */
    public Optional<TokenCheck> check() {
        return tokens.map(Tokens::read).map(TokenCheck::new);
    }

    /**
     * Requires that whoever reaches the port of administration, and may not operate, cannot.
     *
     * @param bindAddress the port's address
     * @throws InvalidInputException if other machines reach it and it asks for no operator's token
     */
    public void requireClosedAdministration(String bindAddress) {
        boolean asksOperators =
                tokens.map(Tokens::read).filter(Tokens::hasOperator).isPresent();
        if (!asksOperators && !isLoopback(bindAddress)) {
            throw new InvalidInputException("Whoever reaches the admin port at " + bindAddress
                    + " could operate this node and its datasets. Have it ask for an operator's token (the setting"
                    + " tokens; `slipway token NAME --role operator` makes one), or keep it to this machine"
                    + " (admin.bind=127.0.0.1).");
        }
    }

    /**
     * What a port's connector speaks: HTTP, or HTTP in TLS 1.3 or 1.2.
     *
     * @param now when the certificate has to be valid
     * @throws InvalidInputException if certificate or key are not as they should be
     */
    public ConnectionFactory[] protocols(HttpConnectionFactory http, Instant now) {
        if (certificate.isEmpty()) {
            if (key.isPresent()) {
                throw new InvalidInputException("There is a key, " + key.get()
                        + ", and no certificate. Name the certificate's file with the setting tls.certificate.");
            }
            return new ConnectionFactory[] {http};
        }
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(Identity.read(certificate.get(), key.orElse(certificate.get()), now)
                .keyStore());
        tls.setKeyStorePassword("");
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setRenegotiationAllowed(false);
        SslConnectionFactory ssl = new SslConnectionFactory(tls, http.getProtocol());
        // What it tells of a request's certificate nobody asks for, and each request would pay for it.
        ssl.setEnsureSecureRequestCustomizer(false);
        return new ConnectionFactory[] {ssl, http};
    }

    /** How addresses of a port begin. */
    public String scheme() {
        return certificate.isPresent() ? "https" : "http";
    }

    /**
     * What an operator should look at, a sentence each.
     *
     * @param addresses those of the ports
     */
    public List<String> warnings(String... addresses) {
        List<String> warnings = new ArrayList<>();
        key.or(() -> certificate)
                .filter(SecuritySettings::isReadByOthers)
                .ifPresent(file -> warnings.add("The file with the private key, " + file
                        + ", can be read by others. Run `chmod 600 " + file + "`."));
        for (String address : addresses) {
            if (tokens.isPresent() && certificate.isEmpty() && !isLoopback(address)) {
                warnings.add("Tokens come to " + address + " unencrypted, for anybody on the way to read. Set"
                        + " tls.certificate and tls.key.");
            }
        }
        return warnings;
    }

    private static boolean isReadByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Said when it is read; or there are no such permissions here.
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
