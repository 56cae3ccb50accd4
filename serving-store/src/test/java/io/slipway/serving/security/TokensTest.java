package io.slipway.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TokenOwner ANN = new TokenOwner("ann", Role.OPERATOR);
    private static final TokenOwner BOB = new TokenOwner("bob@web-1", Role.READER);

    @TempDir
    private Path folder;

    private final Token anns = Token.random(RANDOM);
    private final Token bobs = Token.random(RANDOM);

    @Test
    void aTokenHasAnOwnerAndItsFileOnlyItsHash() throws IOException {
        Path file = file("# ours\n\n" + Tokens.line(ANN, anns) + "\n" + Tokens.line(BOB, bobs) + " # the web\n");
        Tokens tokens = Tokens.read(file);

        assertThat(tokens.owner(anns.secret())).hasValue(ANN);
        assertThat(tokens.owner(bobs.secret())).hasValue(BOB);
        assertThat(tokens.owner(anns.secret() + "x")).isEmpty();
        assertThat(tokens.owner(anns.sha256())).isEmpty();
        assertThat(tokens.owner("")).isEmpty();
        assertThat(tokens.has("ann")).isTrue();
        assertThat(tokens.has("eve")).isFalse();
        assertThat(tokens.hasOperator()).isTrue();
        assertThat(Files.readString(file)).doesNotContain(anns.secret());
        assertThat(anns.toString()).doesNotContain(anns.secret());
    }

    @Test
    void aTokenHas256Bits() {
        assertThat(anns.secret()).matches("slipway_[A-Za-z0-9_-]{43}").isNotEqualTo(bobs.secret());
    }

    @Test
    void theRequestsTokenAndTheOwnersRoleDecide() throws IOException {
        TokenCheck check = new TokenCheck(Tokens.read(file(Tokens.line(ANN, anns) + "\n" + Tokens.line(BOB, bobs))));

        assertThat(check.check(authorized("Bearer " + anns.secret()), Role.OPERATOR))
                .isEqualTo(new Access.Granted(ANN));
        assertThat(check.check(authorized("bearer  " + anns.secret()), Role.READER))
                .isEqualTo(new Access.Granted(ANN));
        assertThat(check.check(authorized("Bearer " + bobs.secret()), Role.READER))
                .isEqualTo(new Access.Granted(BOB));
        assertThat(check.check(authorized("Bearer " + bobs.secret()), Role.OPERATOR))
                .isEqualTo(new Access.Refused(Refusal.WRONG_ROLE));
        assertThat(check.check(HttpFields.EMPTY, Role.READER)).isEqualTo(new Access.Refused(Refusal.NO_TOKEN));
        for (String wrong :
                new String[] {"Bearer", "Bearer ", "Basic YTpi", anns.secret(), "Bearer " + anns.sha256()}) {
            assertThat(check.check(authorized(wrong), Role.READER))
                    .as(wrong)
                    .isEqualTo(new Access.Refused(Refusal.UNKNOWN_TOKEN));
        }
        HttpFields two = HttpFields.build()
                .add("Authorization", "Bearer " + anns.secret())
                .add("Authorization", "Bearer " + bobs.secret());
        assertThat(check.check(two, Role.READER)).isEqualTo(new Access.Refused(Refusal.UNKNOWN_TOKEN));
    }

    @Test
    void whatIsWrongInAFileIsSaidWithItsLineAndWithoutSecrets() throws IOException {
        assertRefused("", "has no token");
        assertRefused("# none\n", "has no token");
        assertRefused("\nann operator " + anns.secret(), "line 2 is not `name role sha256:HEX`");
        assertRefused("ann operator sha256:" + anns.secret(), "line 1: the hash has 51 characters, expected 64");
        assertRefused(Tokens.line(ANN, anns).replace("operator", "admin"), "line 1: 'admin' is not a role");
        assertRefused(Tokens.line(ANN, anns).replace("ann", "a/nn"), "line 1: 'a/nn' cannot be the name");
        assertRefused(Tokens.line(ANN, anns) + "\n" + Tokens.line(ANN, bobs), "line 2: there is a token of ann above");
        assertThatThrownBy(() -> Tokens.read(folder.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be read");
    }

    private void assertRefused(String content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> Tokens.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(anns.secret());
    }

    private static HttpFields authorized(String value) {
        return HttpFields.build().add("Authorization", value);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("tokens"), content);
    }
}
