package io.slipway.model.catalog;

import java.util.Optional;

/**
 * What one gate found. Immutable.
 *
 * @param gate the gate's name
 * @param passed whether the version may go on, as far as this gate is concerned
 * @param measured what was measured, in the unit of the limit; none if nothing could be, or it is not finite
 * @param limit the limit as it was set; none for a gate without a number
 * @param message what was found, in one sentence with the numbers; of at most {@link #MESSAGE_CHARACTERS} characters
 */
public record GateResult(
        String gate, boolean passed, Optional<Double> measured, Optional<Double> limit, String message) {

    /** The longest message: a catalog holds those of all versions, whatever the fields are called. */
    public static final int MESSAGE_CHARACTERS = 400;

    private static final String CUT = " …";

    /** Cuts the message, and leaves out what is not finite. */
    public GateResult {
        measured = measured.filter(Double::isFinite);
        if (message.length() > MESSAGE_CHARACTERS) {
            message = message.substring(0, MESSAGE_CHARACTERS - CUT.length()) + CUT;
        }
    }
}
