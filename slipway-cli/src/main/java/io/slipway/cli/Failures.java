package io.slipway.cli;

import io.slipway.model.SlipwayException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a command fails in front of people: one message that names place, value and way out, and an exit code; never a
 * stack trace, unless the environment variable {@code SLIPWAY_DEBUG} asks for it. Stateless.
 */
final class Failures {

    /** What was asked for was done. */
    static final int DONE = 0;

    /** It failed. */
    static final int FAILED = 1;

    /** It was asked for wrongly. */
    static final int WRONG_USAGE = 2;

    /** A gate holds the version. */
    static final int HELD = 3;

    private static final String DEBUG = "SLIPWAY_DEBUG";

    private Failures() {}

    static int handle(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("slipway: " + message(failure));
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    static int handleUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("slipway: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
        err.flush();
        return WRONG_USAGE;
    }

    private static String message(Exception failure) {
        if (failure instanceof SlipwayException) {
            return failure.getMessage();
        }
        return "Unexpected failure: " + failure + ". Set " + DEBUG + "=1 to see where, and report it.";
    }
}
