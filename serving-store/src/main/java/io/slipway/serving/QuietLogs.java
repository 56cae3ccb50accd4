package io.slipway.serving;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the libraries of the two servers from announcing themselves: their INFO is dozens of lines at a start, in which
 * the node's own few would be lost; and from writing what clients make them write, so that nobody fills a disk with
 * requests that are none. A level that the operator has set for one of them stands. Stateless.
 */
public final class QuietLogs {

    private static final String[] TALKATIVE = {
        "org.eclipse.jetty", "io.dropwizard", "org.glassfish.jersey", "org.hibernate.validator"
    };

    private static final String[] LED_BY_CLIENTS = {
        "org.eclipse.jetty.util.HostPort", "org.eclipse.jetty.http.HttpParser"
    };

    /** Writes a stack trace for every client that leaves before its reply; kept here, or its level would be lost. */
    private static final java.util.logging.Logger RESPONSES =
            java.util.logging.Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder");

    private QuietLogs() {}

    /** Sets their level to WARN where none is set, and what any client can have them write to less. */
    public static void quiet() {
        RESPONSES.setLevel(java.util.logging.Level.OFF);
        for (String name : LED_BY_CLIENTS) {
            quiet(name, Level.ERROR);
        }
        for (String name : TALKATIVE) {
            quiet(name, Level.WARN);
        }
    }

    private static void quiet(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
            logger.setLevel(level);
        }
    }
}
