package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.util.regex.Pattern;

/**
 * Whom a token was made for.
 *
 * @param name the name that the catalog gets to know: letters, digits and {@code . _ @ -}, at most 64
 * @param role what the owner may do
 */
public record TokenOwner(String name, Role role) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /**
     * Checks the name.
     *
     * @throws InvalidInputException if it is none
     */
    public TokenOwner {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "'" + name + "' cannot be the name of a token's owner. Use up to 64 letters,"
                            + " digits and . _ @ -, with a letter or digit first.");
        }
    }
}
