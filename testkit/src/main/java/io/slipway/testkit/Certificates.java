package io.slipway.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and their keys as files in PEM, made by the JDK's keytool. */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** Certificates in a folder. */
    public Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * A certificate.
     *
     * @param certificate the file with it, and those above it
     * @param key the file with its private key, PKCS#8
     */
    public record Issued(Path certificate, Path key) {}

    /** A certificate for the loopback address that has signed itself, for two days. */
    public Issued local(String name) {
        return selfSigned(name, "EC", "ip:127.0.0.1,dns:localhost", "-validity", "2");
    }

    /** A certificate that has signed itself. */
    public Issued selfSigned(String name, String algorithm, String names, String... more) {
        generate(name, algorithm, "san=" + names, more);
        return exported(name);
    }

    /** A certificate for the loopback address that another has signed, which {@link #authority} made. */
    public Issued signed(String name, String authority) {
        generate(name, "EC", "san=ip:127.0.0.1", "-validity", "2");
        Path request = folder.resolve(name + ".csr");
        Path answer = folder.resolve(name + ".answer");
        keytool(name, "-certreq", "-file", request.toString());
        keytool(
                authority,
                List.of("-gencert", "-rfc", "-ext", "san=ip:127.0.0.1"),
                List.of("-infile", request.toString(), "-outfile", answer.toString()));
        Issued issued = exported(name);
        try {
            Files.writeString(
                    issued.certificate(),
                    Files.readString(answer)
                            + Files.readString(exported(authority).certificate()));
            return issued;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate that may sign others. */
    public Issued authority(String name) {
        generate(name, "EC", "bc:c", "-validity", "2");
        return exported(name);
    }

    private void generate(String name, String algorithm, String extension, String... more) {
        List<String> options = new ArrayList<>(List.of("-ext", extension));
        options.addAll(List.of(more));
        keytool(name, List.of("-genkeypair", "-keyalg", algorithm, "-dname", "CN=" + name), options);
    }

    private Issued exported(String name) {
        try {
            KeyStore store = KeyStore.getInstance(store(name).toFile(), PASSWORD.toCharArray());
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : store.getCertificateChain(name)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
            Path keyFile = Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key));
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
            return new Issued(Files.writeString(folder.resolve(name + ".pem"), chain), keyFile);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private void keytool(String name, String... arguments) {
        keytool(name, List.of(arguments), List.of());
    }

    private void keytool(String name, List<String> arguments, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(more);
        command.addAll(List.of("-alias", name, "-keystore", store(name).toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(output);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
