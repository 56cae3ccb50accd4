package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import io.slipway.model.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A bearer token (RFC 6750): 256 random bits as text. Its {@link #toString} does not show it, so that it gets into no log
 * and no message.
 */
public final class Token {

    private static final int BYTES = 32;
    private static final String PREFIX = "slipway_";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

    private final String text;

    private Token(String text) {
        this.text = text;
    }

    /** A token that nobody has. */
    public static Token random(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new Token(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /**
     * A token as somebody gave it.
     *
     * @param from where it was given, for the message, which does not show the text
     * @throws InvalidInputException if the text cannot be a token
     */
    public static Token of(String text, String from) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInputException(
                    from + " holds no token: that is one word of letters, digits and - . _ ~ + /."
                            + " Make one with `slipway token`.");
        }
        return new Token(text);
    }

    /** The secret itself. */
    public String secret() {
        return text;
    }

    /**
     * What is kept of it: SHA-256, as hexadecimal digits. Salt and a slow hash protect secrets that people choose, which
     * can be guessed; nobody guesses 256 random bits, whatever the hash costs, and this one is taken of every request.
     */
    public String sha256() {
        return HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        return Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a token";
    }
}
