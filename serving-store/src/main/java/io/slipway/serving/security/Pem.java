package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of certificates and keys in PEM (RFC 7468). What is between the blocks is passed over. Immutable.
 *
 * @param file where it was read
 * @param blocks its blocks, in order
 */
record Pem(Path file, List<Block> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    /** A block: what it says it is, and what is in it. */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    record Block(String label, byte[] content) {}

    /**
     * Reads a file.
     *
     * @param what what it should be, for messages
     * @throws InvalidInputException if it cannot be read
     */
    static Pem read(Path file, String what) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new InvalidInputException("The file of " + what + ", " + file + ", cannot be read: " + e
                    + ". Name a file in PEM that this user may read.");
        }
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), decode(matcher.group(2))));
        }
        return new Pem(file, blocks);
    }

    /** The bytes of a block; none if it is not Base64, as where an old form has headers in it. */
    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /**
     * Its certificates, in order.
     *
     * @throws InvalidInputException if there is none, or one is damaged
     */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label.equals(CERTIFICATE)) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            throw new InvalidInputException(file + " has no certificate (" + found()
                    + "). Name a file in PEM, with BEGIN CERTIFICATE; `openssl x509 -inform der -in FILE` makes one of"
                    + " a certificate in DER.");
        }
        return certificates;
    }

    private X509Certificate certificate(Block block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content));
        } catch (CertificateException e) {
            throw new InvalidInputException(
                    "A certificate in " + file + " is damaged: " + e.getMessage() + ". Get the file again.", e);
        }
    }

    /**
     * Its private key.
     *
     * @param algorithm the algorithm of the public key that it should belong to
     * @throws InvalidInputException if there is none, or it is not of that algorithm or in another form than PKCS#8
     */
    PrivateKey privateKey(String algorithm) {
        for (Block block : blocks) {
            if (block.label.equals(PKCS8)) {
                return privateKey(block, algorithm);
            }
        }
        String convert = "`openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key.pem`";
        for (Block block : blocks) {
            if (block.label.equals(ENCRYPTED)) {
                throw new InvalidInputException("The key in " + file
                        + " is encrypted, and a node has nobody to ask for a"
                        + " password. Make one of it that is not, which only the node's user may read, with " + convert
                        + ".");
            }
            if (block.label.endsWith(PKCS8)) {
                throw new InvalidInputException("The key in " + file + " is in the old form " + block.label
                        + ", expected PKCS#8 (BEGIN PRIVATE KEY). Convert it with " + convert + ".");
            }
        }
        throw new InvalidInputException(
                file + " has no private key (" + found() + "). Name a file in PEM, with BEGIN PRIVATE KEY.");
    }

    private PrivateKey privateKey(Block block, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content));
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(
                    "The key in " + file + " is damaged, or not of the certificate's algorithm, " + algorithm
                            + ". Name the key that the certificate was made for.");
        }
    }

    private String found() {
        return blocks.isEmpty()
                ? "it has nothing in PEM"
                : "it has: "
                        + String.join(", ", blocks.stream().map(Block::label).toList());
    }
}
