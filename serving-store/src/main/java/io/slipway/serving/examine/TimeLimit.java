package io.slipway.serving.examine;

import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that one question may take. Used by the thread that answers it. */
final class TimeLimit {

    private final InstantSource clock;
    private final Duration longest;
    private final Instant end;

    /** A limit that counts from now. */
    TimeLimit(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
        this.end = clock.instant().plus(longest);
    }

    /**
     * Asks whether there is time left.
     *
     * @throws InvalidInputException if there is none
     * @throws UnavailableException if the thread is interrupted
     */
    void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new UnavailableException("The node is stopping. Ask another one.");
        }
        if (clock.instant().isAfter(end)) {
            throw new InvalidInputException("Looking took longer than " + longest.toSeconds()
                    + " s, and was given up. Lower gate.changed.sample, or see what the node's disk is busy with.");
        }
    }
}
