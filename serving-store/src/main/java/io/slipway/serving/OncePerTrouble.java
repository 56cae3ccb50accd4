package io.slipway.serving;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a trouble that lasts once, not at every look, and once more when it is over. Used by one thread. */
final class OncePerTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(ServingNode.class);

    private String trouble = "";

    /** There is a trouble: what it is, and what to do. */
    void warn(String what) {
        if (!what.equals(trouble)) {
            LOG.warn("{}", what);
            trouble = what;
        }
    }

    /** There is none: what goes on again. */
    void over(String what) {
        if (!trouble.isEmpty()) {
            LOG.info("{}", what);
            trouble = "";
        }
    }
}
