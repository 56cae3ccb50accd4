package io.slipway.cli;

import io.slipway.batch.JobListener;
import io.slipway.model.InvalidInputException;
import java.io.PrintWriter;
import java.util.Locale;

/** What a command tells on standard error while its job runs. Thread-safe. */
interface JobFeedback extends JobListener, AutoCloseable {

    @Override
    void close();

    /** How it is told. */
    enum Style {
        /** A bar for each stage that takes long, if somebody is watching. */
        BAR,
        /** A JSON document a line for each event. */
        JSON;

        /** Feedback of this style. */
        JobFeedback open(PrintWriter err) {
            return switch (this) {
                case BAR -> new JobProgress(err);
                case JSON -> new JobEvents(err);
            };
        }

        /** The name as users write it. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Reads a name as users write it.
         *
         * @throws InvalidInputException if there is no such style
         */
        static Style ofLabel(String label) {
            for (Style style : values()) {
                if (style.label().equals(label)) {
                    return style;
                }
            }
            throw new InvalidInputException("'" + label + "' is not a way to show progress. Use bar or json.");
        }
    }
}
