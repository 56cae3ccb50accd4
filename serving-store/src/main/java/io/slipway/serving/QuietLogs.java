package io.slipway.serving;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the libraries of the two servers from announcing themselves: their INFO is dozens of lines at a start, in which
 * the node's own few would be lost. A level that the operator has set for one of them stands. Stateless.
 */
public final class QuietLogs {

    private static final String[] TALKATIVE = {
        "org.eclipse.jetty", "io.dropwizard", "org.glassfish.jersey", "org.hibernate.validator"
    };

    private QuietLogs() {}

    /** Sets their level to WARN where none is set. */
    public static void quiet() {
        for (String name : TALKATIVE) {
            if (LoggerFactory.getLogger(name) instanceof Logger logger && logger.getLevel() == null) {
                logger.setLevel(Level.WARN);
            }
        }
    }
}
