package io.slipway.testkit;

import io.slipway.model.UnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * One fault at one call, for a test that loops over all calls: run the operation with {@code Faults.at(kind, 1)}, then
 * 2, and so on until it runs through without {@linkplain #reached reaching} the fault. Deterministic: calls are counted
 * in the order in which they come. Thread-safe, but with several threads the order is not the test's.
 */
public final class Faults {

    /** What happens at the chosen call. */
    public enum Kind {
        /** The call has no effect and fails. */
        ERROR,
        /** The call has its effect, and fails all the same: a lost acknowledgement. */
        LOST_ACKNOWLEDGEMENT,
        /** The process is killed before the call's effect. */
        CRASH_BEFORE,
        /** The process is killed after the call's effect. */
        CRASH_AFTER,
        /** The process sleeps before the call, and others go on meanwhile. */
        PAUSE
    }

    private final Kind kind;
    private final int at;
    private final Runnable meanwhile;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isDead;

    private Faults(Kind kind, int at, Runnable meanwhile) {
        this.kind = kind;
        this.at = at;
        this.meanwhile = meanwhile;
    }

    /** No fault; calls are counted. */
    public static Faults none() {
        return new Faults(Kind.ERROR, 0, Faults::nothing);
    }

    /**
     * A fault at one call.
     *
     * @param kind what happens
     * @param call at which call, counted from 1
     */
    public static Faults at(Kind kind, int call) {
        return new Faults(kind, call, Faults::nothing);
    }

    /**
     * A pause before one call.
     *
     * @param call which call, counted from 1
     * @param meanwhile what others do until the process goes on
     */
    public static Faults pause(int call, Runnable meanwhile) {
        return new Faults(Kind.PAUSE, call, meanwhile);
    }

    /**
     * Makes a call, or fails it.
     *
     * @param name the call, for messages
     * @param effect what the call does
     * @throws UnavailableException if an error is due
     * @throws ProcessDiedError if the process is killed here, or was before
     */
    public <T> T call(String name, Supplier<T> effect) {
        requireAlive(name);
        int number = count(name);
        if (number == at && kind == Kind.PAUSE) {
            meanwhile.run();
        }
        if (number != at || kind == Kind.PAUSE) {
            return effect.get();
        }
        isDead = kind == Kind.CRASH_BEFORE || kind == Kind.CRASH_AFTER;
        if (kind == Kind.LOST_ACKNOWLEDGEMENT || kind == Kind.CRASH_AFTER) {
            T unused = effect.get();
        }
        String what = "call " + number + " (" + name + ")";
        if (!isDead) {
            throw new UnavailableException("Injected: " + kind + " at " + what + ".");
        }
        throw new ProcessDiedError(what);
    }

    /**
     * Says that the process does something that cannot fail.
     *
     * @throws ProcessDiedError if it was killed before
     */
    public void requireAlive(String name) {
        if (isDead) {
            throw new ProcessDiedError(name + ", after its death");
        }
    }

    /** How many calls there were. */
    public int calls() {
        return calls.size();
    }

    /** Whether the chosen call was reached. */
    public boolean reached() {
        return at > 0 && calls.size() >= at;
    }

    @Override
    public String toString() {
        List<String> made = List.copyOf(calls);
        String call = reached() ? made.get(at - 1) : "not reached";
        return at == 0 ? "no fault" : kind + " at call " + at + " (" + call + ")";
    }

    private int count(String name) {
        synchronized (calls) {
            calls.add(name);
            return calls.size();
        }
    }

    private static void nothing() {}
}
