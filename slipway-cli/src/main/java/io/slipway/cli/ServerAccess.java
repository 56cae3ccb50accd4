package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.serving.security.CertificateAuthority;
import io.slipway.serving.security.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/**
 * The options {@code --token-file} and {@code --ca}, and the environment where they are not given: what a command shows to a
 * server, and how it knows the server. A token is never an argument, which everybody on the machine could see.
 */
final class ServerAccess {

    static final String TOKEN = "SLIPWAY_TOKEN";
    static final String CA = "SLIPWAY_CA";

    private final Map<String, String> environment;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "With --server: a file with the token that it asks for. Default: the environment variable "
                    + TOKEN + ", which holds the token itself.")
    private Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "With --server: the certificates, in PEM, of whom to trust to say that it is the server. Default:"
                            + " the environment variable " + CA
                            + ", which names the file, else those that Java trusts.")
    private Path authorities;

    ServerAccess() {
        this(System.getenv());
    }

    ServerAccess(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The token to send, if there is one. */
    Optional<Token> token() {
        if (tokenFile != null) {
            return Optional.of(Token.of(read(tokenFile), "The file " + tokenFile));
        }
        return variable(TOKEN).map(text -> Token.of(text, "The environment variable " + TOKEN));
    }

    /** Whom to trust, if that is said. */
    Optional<SSLContext> trust() {
        return Optional.ofNullable(authorities)
                .or(() -> variable(CA).map(Path::of))
                .map(CertificateAuthority::trusting);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidInputException("The token file " + file + " cannot be read: " + e
                    + ". Name the file that holds the token, and nothing else.");
        }
    }
}
