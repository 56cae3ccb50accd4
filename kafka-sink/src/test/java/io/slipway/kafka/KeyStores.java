package io.slipway.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Key stores with a certificate each, and trust stores with those of others, made by the JDK's keytool. */
final class KeyStores {

    static final String PASSWORD = "changeit";

    private final Path folder;

    KeyStores(Path folder) {
        this.folder = folder;
    }

    /** A key store with a self-signed certificate of a name. */
    Path keys(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        if (!Files.exists(file)) {
            keytool(
                    file,
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-validity",
                    "2");
            keytool(
                    file,
                    "-exportcert",
                    "-alias",
                    name,
                    "-file",
                    certificate(name).toString());
        }
        return file;
    }

    /** A store that trusts the certificate of a name. */
    Path trusting(String name) throws IOException, InterruptedException {
        Path file = folder.resolve("trusting-" + name + ".p12");
        if (!Files.exists(file)) {
            keys(name);
            keytool(
                    file,
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    certificate(name).toString());
        }
        return file;
    }

    private Path certificate(String name) {
        return folder.resolve(name + ".cer");
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }
}
