package io.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code slipway} command. */
@Command(
        name = "slipway",
        versionProvider = BuildVersion.class,
        description = "Publishes the output of batch jobs to production readers, all or nothing.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            PublishCommand.class,
            RunCommand.class,
            ServeCommand.class,
            BrokerCommand.class,
            TokenCommand.class,
            DatasetsCommand.class,
            DatasetCommand.class,
            VersionsCommand.class,
            SwapCommand.class,
            RollbackCommand.class,
            VersionChangeCommand.Approve.class,
            VersionChangeCommand.Reject.class,
            VersionChangeCommand.Pin.class,
            VersionChangeCommand.Unpin.class,
            VersionChangeCommand.Retire.class,
            DropCommand.class,
            GetCommand.class,
            DiffCommand.class,
            ExportCommand.class,
            InspectCommand.class,
            VerifyCommand.class,
            CompactCommand.class,
            HelpCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 held by a gate."})
public final class Slipway implements Runnable {

    @Spec
    private CommandSpec spec;

    private Slipway() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        NativeLibraries.useUnpackedZstd();
        System.exit(execute(arguments));
    }

    private static int execute(String[] arguments) {
        try {
            return commandLine().execute(arguments);
        } catch (OutOfMemoryError e) {
            System.err.println("slipway: out of memory (" + e.getMessage()
                    + "). Give it more: --memory where the command" + " has it, else SLIPWAY_JAVA_OPTS=-Xmx1g, say.");
            return Failures.FAILED;
        }
    }

    /** The command with all its subcommands, as tests and the reference of the docs use it. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Slipway());
        addHelp(commandLine);
        return commandLine
                .setExecutionExceptionHandler(Failures::handle)
                .setParameterExceptionHandler(Failures::handleUsage)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /** Adds {@code --help} and {@code --version} to a command and to those below it; the help command has its own. */
    private static void addHelp(CommandLine command) {
        if (!(command.getCommand() instanceof HelpCommand)) {
            command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new BuildVersion());
            command.getSubcommands().values().forEach(Slipway::addHelp);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
