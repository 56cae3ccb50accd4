package io.slipway.serving.security;

import io.slipway.model.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a token's owner may do. */
public enum Role {
    /** Looks records up, and reads metrics. */
    READER,
    /** Does all that a reader may, and operates the node and the controller. */
    OPERATOR;

    /** Its name in a tokens file. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether who has this role may do what the other role is for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /**
     * The role of a name.
     *
     * @throws InvalidInputException if there is no such role
     */
    public static Role parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("'" + text + "' is not a role. Use "
                        + Arrays.stream(values()).map(Role::text).collect(Collectors.joining(" or ")) + "."));
    }
}
