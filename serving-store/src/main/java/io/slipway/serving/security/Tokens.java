package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tokens that a node knows, as their hashes. In their file each has a line {@code name role sha256:HEX}; empty lines,
 * and what follows a {@code #}, say nothing. No two have the same name. Immutable.
 */
public final class Tokens {

    private static final String HASH = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it cannot be read, has a line that is none, or has no token
     */
    public static Tokens read(Path file) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                entries.add(entry(text, file + ", line " + number, entries));
            }
        }
        if (entries.isEmpty()) {
            throw new InvalidInputException("The tokens file " + file + " has no token, so nobody could ask anything."
                    + " Make one with `slipway token NAME --role operator --file " + file + "`.");
        }
        return new Tokens(entries);
    }

    /** The line of a tokens file for a token. */
    public static String line(TokenOwner owner, Token token) {
        return owner.name() + " " + owner.role().text() + " " + HASH + token.sha256();
    }

    /** Whether somebody of a name has a token. */
    public boolean has(String name) {
        return entries.stream().anyMatch(entry -> entry.owner().name().equals(name));
    }

    /** Whether anybody may operate. */
    public boolean hasOperator() {
        return entries.stream().anyMatch(entry -> entry.owner().role() == Role.OPERATOR);
    }

    /**
     * Whose token it is, if anybody's. It is compared with all of them, each in constant time, so that how long it takes
     * tells nothing.
     */
    Optional<TokenOwner> owner(String token) {
        byte[] hash = Token.sha256(token);
        Optional<TokenOwner> owner = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256, hash)) {
                owner = Optional.of(entry.owner);
            }
        }
        return owner;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidInputException("The tokens file " + file + " cannot be read: " + e
                    + ". Name a text file that `slipway token` has written.");
        }
    }

    private static Entry entry(String line, String place, List<Entry> before) {
        String[] words = line.split("\\s+");
        // A line that is wrong may hold a token itself, by mistake: it is not shown.
        if (words.length != 3 || !words[2].startsWith(HASH)) {
            throw new InvalidInputException(
                    place + " is not `name role sha256:HEX`. Write the line that `slipway token` gives.");
        }
        String hex = words[2].substring(HASH.length());
        if (!HEX.matcher(hex).matches()) {
            throw new InvalidInputException(place + ": the hash has " + hex.length()
                    + " characters, expected 64 hexadecimal digits. Write the line that `slipway token` gives.");
        }
        TokenOwner owner = owner(words, place);
        if (before.stream().anyMatch(entry -> entry.owner.name().equals(owner.name()))) {
            throw new InvalidInputException(place + ": there is a token of " + owner.name()
                    + " above. Give each a name of its own, or remove one of the lines.");
        }
        return new Entry(owner, HexFormat.of().parseHex(hex));
    }

    private static TokenOwner owner(String[] words, String place) {
        try {
            return new TokenOwner(words[0], Role.parse(words[1]));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(place + ": " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    private record Entry(TokenOwner owner, byte[] sha256) {}
}
