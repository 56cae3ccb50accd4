package io.slipway.model.publish;

import io.slipway.model.InvalidInputException;
import java.util.Locale;

/** How versions of a dataset get from the job to the nodes. A dataset has one route at a time. */
public enum Route {
    /** The job builds SST files, which nodes load. */
    SST,
    /** The job writes a version topic, which nodes ingest. */
    KAFKA;

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name as users write it.
     *
     * @throws InvalidInputException if there is no such route
     */
    public static Route of(String label) {
        for (Route route : values()) {
            if (route.label().equals(label)) {
                return route;
            }
        }
        throw new InvalidInputException("'" + label + "' is not a route. Use sst or kafka.");
    }
}
