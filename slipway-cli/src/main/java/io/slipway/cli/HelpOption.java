package io.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options {@code --help} and {@code --version}, the same on every command. */
@Command
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    static void addTo(CommandLine command) {
        command.addMixin("help", new HelpOption());
        command.getCommandSpec().versionProvider(new BuildVersion());
    }
}
