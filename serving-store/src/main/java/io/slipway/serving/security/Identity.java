package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A server's certificate, with those above it, and its private key. Immutable. */
final class Identity {

    private static final byte[] PROBE = {1, 2, 3, 4};
    private static final char[] NO_PASSWORD = {};

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Identity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Reads it from two files in PEM, which may be the same: the server's certificate first.
     *
     * @param now when it has to be valid
     * @throws InvalidInputException if a file does not hold what it should, the certificate is not valid, or the key is not
     *     its
     */
    static Identity read(Path certificateFile, Path keyFile, Instant now) {
        List<X509Certificate> chain =
                Pem.read(certificateFile, "the certificate").certificates();
        X509Certificate certificate = chain.get(0);
        requireValid(certificate, certificateFile, now);
        PublicKey publicKey = certificate.getPublicKey();
        PrivateKey key = Pem.read(keyFile, "the key").privateKey(publicKey.getAlgorithm());
        if (!belong(key, publicKey)) {
            throw new InvalidInputException("The key in " + keyFile + " does not belong to the certificate in "
                    + certificateFile + ", " + certificate.getSubjectX500Principal()
                    + ". Name the key that it was made for; the server's own certificate comes first in its file.");
        }
        return new Identity(key, chain);
    }

    /** A key store with it, in memory. */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The key store cannot be made", e);
        }
    }

    private static void requireValid(X509Certificate certificate, Path file, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new InvalidInputException("The certificate in " + file + ", "
                    + certificate.getSubjectX500Principal() + ", is valid from " + from + " to " + until
                    + ", and it is "
                    + now + ". Get a new one, or set the clock.");
        }
    }

    private static boolean belong(PrivateKey key, PublicKey publicKey) {
        try {
            Signature signature = Signature.getInstance(
                    switch (publicKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> publicKey.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // Keys of one algorithm that are of different curves or sizes.
        }
    }
}
