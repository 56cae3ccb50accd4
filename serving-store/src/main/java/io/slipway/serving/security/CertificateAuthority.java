package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client trusts to say that a server is who it says. Stateless. */
public final class CertificateAuthority {

    private CertificateAuthority() {}

    /**
     * What a client needs that trusts the certificates in a file in PEM, and no others.
     *
     * @throws InvalidInputException if there is none in it
     */
    public static SSLContext trusting(Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (X509Certificate certificate :
                    Pem.read(file, "trusted certificates").certificates()) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The certificates of " + file + " cannot be trusted", e);
        }
    }
}
