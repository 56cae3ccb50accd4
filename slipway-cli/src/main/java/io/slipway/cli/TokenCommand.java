package io.slipway.cli;

import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.serving.security.Role;
import io.slipway.serving.security.Token;
import io.slipway.serving.security.TokenOwner;
import io.slipway.serving.security.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway token}: makes a token. */
@Command(
        name = "token",
        description = {
            "Makes a token that lets somebody read from a node, or operate it, and prints it: this once, for it is kept"
                    + " nowhere.",
            "A node knows it by a line with its hash, in the file that the setting `tokens` of `slipway serve` names."
        })
final class TokenCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "Whose it is; the catalog says so of what is done with it. Letters, digits and . _ @ -")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What it is for: reader (lookups and metrics) or operator (all).")
    private Role role;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "The tokens file that gets the line; it is created if need be. Default: the line is shown.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TokenOwner owner = new TokenOwner(name, role);
        Token token = Token.random(new SecureRandom());
        String line = Tokens.line(owner, token);
        if (file != null) {
            append(line);
        }
        spec.commandLine().getOut().println(token.secret());
        spec.commandLine()
                .getErr()
                .println(
                        file == null
                                ? "The line for the tokens file: " + line
                                : "Added " + owner.name() + " to " + file + ". Nodes know it from their next start.");
        return Failures.DONE;
    }

    private void append(String line) {
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            if (!before.isBlank() && Tokens.read(file).has(name)) {
                throw new InvalidInputException(
                        "There is a token of " + name + " in " + file + ". Choose another name, or remove its line.");
            }
            String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
            Files.writeString(
                    file,
                    separator + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The tokens file " + file + " cannot be written: " + e + ". Name another with --file.", e);
        }
    }
}
