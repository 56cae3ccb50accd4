package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.catalog.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Keeps {@code docs/reference.md} what the command and the settings are. */
class ReferenceTest {

    private static final String UPDATE = "slipway.reference.update";
    private static final int WIDTH = 100;

    @Test
    void theReferenceShowsEveryOptionAndSetting() throws IOException {
        Path file = Path.of(System.getProperty("slipway.home"), "docs", "reference.md");
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(file, reference());
        }
        assertThat(Files.readString(file))
                .as("docs/reference.md is not up to date. Run: mvn -pl slipway-cli -am verify -Dtest=ReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -D" + UPDATE + "=true")
                .isEqualTo(reference());
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # Reference

                Every command, option and setting. This file is generated; a test compares it with the command.

                Results go to standard output, progress and words to standard error. Exit codes: 0 done, 1 failed, 2 wrong
                usage, 3 held by a gate (`--wait`).

                ## Commands

                """);
        CommandLine slipway = Slipway.commandLine();
        describe(slipway, text);
        slipway.getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"))
                .forEach(command -> describe(command, text));
        describeSettings(text);
        describeConfiguration(text);
        describeEnvironment(text);
        return text.toString();
    }

    private static void describe(CommandLine command, StringBuilder text) {
        String usage = command.setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(WIDTH)
                .getUsageMessage(Ansi.OFF)
                .lines()
                .map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n");
        text.append("### `")
                .append(command.getCommandSpec().qualifiedName())
                .append("`\n\n```\n")
                .append(usage)
                .append("```\n\n");
        if (!command.getCommandName().equals("slipway")) {
            command.getSubcommands().values().forEach(sub -> describe(sub, text));
        }
    }

    private static void describeSettings(StringBuilder text) {
        text.append("""
                ## Settings of a dataset

                `slipway dataset set DATASET NAME=VALUE… --repository FOLDER` changes them, `slipway dataset show` shows them.

                | setting | default | what it does |
                |---|---|---|
                """);
        for (Setting<?> setting : Setting.all()) {
            text.append(
                    "| `%s` | `%s` | %s |\n".formatted(setting.name(), setting.defaultText(), setting.description()));
        }
    }

    private static void describeConfiguration(StringBuilder text) {
        text.append("""

                ## Configuration of `slipway serve`

                Lines `name=value` in the file that `--config` names.

                | setting | default | what it does |
                |---|---|---|
                """);
        for (ServeSetting setting : ServeSetting.ALL) {
            text.append(
                    "| `%s` | `%s` | %s |\n".formatted(setting.name(), setting.defaultText(), setting.description()));
        }
    }

    private static void describeEnvironment(StringBuilder text) {
        text.append("""

                ## Environment

                | variable | what it does |
                |---|---|
                | `JAVA_HOME` | the Java to use, 17 or newer; else `java` of the `PATH` |
                | `SLIPWAY_JAVA_OPTS` | more JVM options; they win over the ones that the launcher chooses |
                | `SLIPWAY_TOKEN` | the token for `--server`, where `--token-file` does not name a file with it |
                | `SLIPWAY_CA` | a file with the certificates to trust for `--server`, where `--ca` does not name one |
                | `SLIPWAY_DEBUG` | if set, an unexpected failure also prints where it happened |
                """);
    }
}
