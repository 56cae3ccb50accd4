package io.slipway.cli;

import java.io.Console;

/** Tells whether people are watching. Stateless. */
final class Terminal {

    private Terminal() {}

    /** Whether input and output are those of a terminal. */
    @SuppressWarnings("SystemConsoleNull") // What it says of newer JDKs is looked after below.
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** JDK 22 and later have a console in any case, and say of it whether it is a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
