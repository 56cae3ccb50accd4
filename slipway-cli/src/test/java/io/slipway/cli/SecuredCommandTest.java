package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.InvalidInputException;
import io.slipway.serving.NodeSettings;
import io.slipway.testkit.CapturedLog;
import io.slipway.testkit.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a server with TLS and tokens, and those that make and configure them. */
class SecuredCommandTest {

    @TempDir
    private static Path folder;

    private static CapturedLog log;
    private static SecuredServer server;

    @BeforeAll
    static void serve() {
        log = new CapturedLog();
        server = new SecuredServer(folder);
    }

    @AfterAll
    static void stopAndFindNoTokenInWhatWasSaid() {
        server.close();
        log.close();
        assertThat(log.text() + server.said()).doesNotContain(server.secret("ann"), server.secret("web"));
    }

    @Test
    void anOperatorSwapsAndRollsBackAndTheCatalogNamesTheToken() {
        Outcome swapped = asked("ann", "swap", "d", "1", "--reason", "night was bad");
        assertThat(swapped.code()).as(swapped.err()).isZero();
        assertThat(swapped.out()).contains("Version 1 of d is current.");
        assertThat(server.changes()).contains("ann [" + Operator.name() + "]: swap d to 1, for night was bad");

        Outcome back = asked("ann", "rollback", "d", "2", "--reason", "it was not");
        assertThat(back.code()).as(back.err()).isZero();
        assertThat(server.changes()).contains("ann [" + Operator.name() + "]: roll back d, for it was not");
    }

    @Test
    void whoMayNotIsToldSo() throws IOException {
        List<String> before = server.changes();
        Outcome without = execute("swap", "d", "1", "--ca", server.certificate().toString());
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.err()).contains("wants a token", "--token-file", "SLIPWAY_TOKEN");

        Outcome reader = asked("web", "swap", "d", "1");
        assertThat(reader.code()).isEqualTo(1);
        assertThat(reader.err()).contains("The token is a reader's, and this needs an operator's");

        Path wrong = Files.writeString(folder.resolve("wrong.token"), "slipway_wrong");
        Outcome unknown =
                execute("rollback", "d", "--ca", server.certificate().toString(), "--token-file", wrong.toString());
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("does not know the token").doesNotContain("slipway_wrong");

        Path none = Files.writeString(folder.resolve("none.token"), "two words");
        Outcome unread = execute("rollback", "d", "--token-file", none.toString());
        assertThat(unread.code()).isEqualTo(1);
        assertThat(unread.err()).contains("holds no token", none.toString()).doesNotContain("two words");
        assertThat(server.changes()).isEqualTo(before);
    }

    @Test
    void aServerThatIsNotTrustedIsNotSentAToken() {
        Outcome untrusted = execute(
                "swap", "d", "1", "--token-file", server.tokenFile("ann").toString());
        assertThat(untrusted.code()).isEqualTo(1);
        assertThat(untrusted.err()).contains("There is no trust in https://", "--ca FILE");
        Path stranger = new Certificates(folder).local("stranger").certificate();
        Outcome strange = execute(
                "swap", "d", "1", "--token-file", server.tokenFile("ann").toString(), "--ca", stranger.toString());
        assertThat(strange.code()).isEqualTo(1);
        assertThat(strange.err()).contains("There is no trust in");
        Outcome noAuthority =
                execute("swap", "d", "1", "--ca", server.tokenFile("ann").toString());
        assertThat(noAuthority.code()).isEqualTo(1);
        assertThat(noAuthority.err()).contains("has no certificate");
    }

    @Test
    void theEnvironmentIsAskedWhereNoOptionIsGiven() {
        ServerAccess access = new ServerAccess(Map.of(
                ServerAccess.TOKEN,
                server.secret("ann") + "\n",
                ServerAccess.CA,
                server.certificate().toString()));
        assertThatThrownBy(() -> new ControllerClient(server.admin("/"), access)
                        .rollback(new io.slipway.model.DatasetName("nope"), OptionalLong.empty(), "x"))
                .hasMessageContaining("There is no dataset nope");
        ServerAccess empty = new ServerAccess(Map.of(ServerAccess.TOKEN, " ", ServerAccess.CA, ""));
        assertThat(empty.token()).isEmpty();
        assertThat(empty.trust()).isEmpty();
    }

    @Test
    void aTokenIsMadeOncePerNameAndShownOnce() throws IOException {
        Path tokens = folder.resolve("new-tokens");
        Files.writeString(tokens, "# ours");
        Outcome made = PublishFixture.execute("token", "bob", "--role", "reader", "--file", tokens.toString());
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out().strip()).matches("slipway_[A-Za-z0-9_-]{43}");
        assertThat(made.err()).contains("Added bob").doesNotContain(made.out().strip());
        assertThat(Files.readString(tokens))
                .matches("# ours\nbob reader sha256:[0-9a-f]{64}\n")
                .doesNotContain(made.out().strip());
        Outcome again = PublishFixture.execute("token", "bob", "--role", "operator", "--file", tokens.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("There is a token of bob");
        Outcome shown = PublishFixture.execute("token", "eve", "--role", "operator");
        assertThat(shown.err()).containsPattern("eve operator sha256:[0-9a-f]{64}");
        assertThat(PublishFixture.execute("token", "eve", "--role", "root").code())
                .isEqualTo(2);
        assertThat(PublishFixture.execute("token", "e/ve", "--role", "reader").err())
                .contains("'e/ve' cannot be the name");
    }

    @Test
    void aNodeThatOthersCouldOperateDoesNotStart() {
        NodeSettings open =
                NodeSettings.of(folder.resolve("open")).withPorts(0, 0).withBindAddresses("127.0.0.1", "0.0.0.0");
        assertThatThrownBy(() -> AllInOne.start(folder.resolve("open-repository"), open))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("slipway token NAME --role operator")
                .hasMessageContaining("admin.bind=127.0.0.1");
        assertThat(folder.resolve("open")).doesNotExist();
    }

    @Test
    void aChangeOfSettingsSaysWhy() {
        Outcome set = PublishFixture.execute(
                "dataset",
                "set",
                "other",
                "swap=manual",
                "--reason",
                "the move",
                "--repository",
                server.repository().toString());
        assertThat(set.code()).as(set.err()).isZero();
        assertThat(server.changes()).contains(Operator.name() + ": set swap=manual of other, for the move");
    }

    private static Outcome asked(String who, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--token-file", server.tokenFile(who).toString()));
        all.addAll(List.of("--ca", server.certificate().toString()));
        return execute(all.toArray(String[]::new));
    }

    private static Outcome execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        URI address = server.admin("/");
        all.addAll(List.of("--server", "https://127.0.0.1:" + address.getPort()));
        return server.execute(all.toArray(String[]::new));
    }
}
