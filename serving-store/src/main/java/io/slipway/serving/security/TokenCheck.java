package io.slipway.serving.security;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Says of requests whether their token allows them. Thread-safe. */
public final class TokenCheck {

    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    /** A check against tokens. */
    public TokenCheck(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether a request may be answered that needs a role. */
    public Access check(HttpFields headers, Role needed) {
        List<String> authorizations = headers.getValuesList(HttpHeader.AUTHORIZATION);
        if (authorizations.isEmpty()) {
            return new Access.Refused(Refusal.NO_TOKEN);
        }
        Optional<TokenOwner> owner = authorizations.size() == 1 ? owner(authorizations.get(0)) : Optional.empty();
        if (owner.isEmpty()) {
            return new Access.Refused(Refusal.UNKNOWN_TOKEN);
        }
        return owner.get().role().covers(needed)
                ? new Access.Granted(owner.get())
                : new Access.Refused(Refusal.WRONG_ROLE);
    }

    private Optional<TokenOwner> owner(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.owner(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }
}
