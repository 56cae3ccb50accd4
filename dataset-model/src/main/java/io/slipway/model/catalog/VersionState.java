package io.slipway.model.catalog;

import io.slipway.model.InvalidInputException;
import java.util.EnumSet;
import java.util.Set;

/** The states of a version, with the only transitions there are (DESIGN §2). */
public enum VersionState {
    /** A run has reserved the number; nothing else is known. Not in the catalog. */
    CLAIMED,
    /** The run gave up, or died. Not in the catalog. */
    ABORTED,
    /** Complete and durable; not looked at by a controller yet. */
    COMMITTED,
    /** A gate failed; an operator decides. */
    HELD,
    /** Nodes are fetching, verifying and opening it. */
    STAGING,
    /** Enough nodes have it, invisible to readers. */
    STAGED,
    /** What readers read. */
    CURRENT,
    /** Was current, and can be again at once. */
    RETAINED,
    /** Not fit to be read. */
    REJECTED,
    /** Deleted. */
    RETIRED;

    private Set<VersionState> next() {
        return switch (this) {
            case CLAIMED -> EnumSet.of(COMMITTED, ABORTED);
            case COMMITTED -> EnumSet.of(HELD, STAGING, RETIRED);
            case HELD -> EnumSet.of(STAGING, REJECTED, RETIRED);
            case STAGING -> EnumSet.of(STAGED, HELD, REJECTED);
            case STAGED -> EnumSet.of(CURRENT, HELD, RETIRED);
            case CURRENT -> EnumSet.of(RETAINED);
            case RETAINED -> EnumSet.of(CURRENT, RETIRED);
            case REJECTED -> EnumSet.of(RETIRED);
            case ABORTED, RETIRED -> EnumSet.noneOf(VersionState.class);
        };
    }

    /** Whether a version in this state may go to another next. */
    public boolean mayBecome(VersionState other) {
        return next().contains(other);
    }

    /** Whether nodes are to have a version in this state. */
    public boolean isOnNodes() {
        return this == STAGING || this == STAGED || this == CURRENT || this == RETAINED;
    }

    /** Whether a reader may name a version in this state. */
    public boolean isReadable() {
        return this == CURRENT || this == RETAINED;
    }

    /**
     * Reads a state's name.
     *
     * @throws InvalidInputException if there is no such state
     */
    public static VersionState of(String name) {
        for (VersionState state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw new InvalidInputException("'" + name + "' is not a version state.");
    }
}
