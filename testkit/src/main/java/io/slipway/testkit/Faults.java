package io.slipway.testkit;

import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One fault at one call, for a test that loops over all calls: run the operation with {@code Faults.at(kind, 1)}, then
 * 2, and so on until it runs through without {@linkplain #reached reaching} the fault. Deterministic: calls are counted
 * in the order in which they come. Thread-safe, but with several threads the order is not the test's: such a test names
 * the call, {@code Faults.at(kind, name, occurrence)}, from the {@linkplain #made calls} of a run without a fault.
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

    private static final String ANY = "";

    /** The effect of a call, which may fail by itself. */
    @FunctionalInterface
    public interface Effect<T, E extends Exception> {
        /** Makes the call. */
        T run() throws E;
    }

    private final Kind kind;
    private final String callName;
    private final int at;
    private final Runnable meanwhile;
    private final Runnable watcher;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean isDead;
    private volatile boolean isReached;
    private String reachedName = "";
    private int named;

    private Faults(Kind kind, String callName, int at, Runnable meanwhile, Runnable watcher) {
        this.kind = kind;
        this.callName = callName;
        this.at = at;
        this.meanwhile = meanwhile;
        this.watcher = watcher;
    }

    /** No fault; calls are counted. */
    public static Faults none() {
        return at(Kind.ERROR, 0);
    }

    /**
     * A fault at one call.
     *
     * @param kind what happens
     * @param call at which call, counted from 1
     */
    public static Faults at(Kind kind, int call) {
        return at(kind, ANY, call);
    }

    /**
     * A fault at one call of a name.
     *
     * @param kind what happens
     * @param name the call's name
     * @param occurrence at which call of that name, counted from 1
     */
    public static Faults at(Kind kind, String name, int occurrence) {
        return new Faults(kind, name, occurrence, Faults::nothing, Faults::nothing);
    }

    /**
     * A pause before one call.
     *
     * @param call which call, counted from 1
     * @param meanwhile what others do until the process goes on
     */
    public static Faults pause(int call, Runnable meanwhile) {
        return new Faults(Kind.PAUSE, ANY, call, meanwhile, Faults::nothing);
    }

    /** The same fault, with somebody who looks on before every call as long as the process lives. */
    public Faults watchedBy(Runnable looks) {
        return new Faults(kind, callName, at, meanwhile, looks);
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
        return call(name, effect::get, UnavailableException::new);
    }

    /**
     * As {@link #call}, for a call to a file system.
     *
     * @throws IOException if an error is due, or the call fails by itself
     * @throws ProcessDiedError if the process is killed here, or was before
     */
    public <T> T callFile(String name, Effect<T, IOException> effect) throws IOException {
        return call(name, effect, IOException::new);
    }

    private <T, E extends Exception> T call(String name, Effect<T, E> effect, Function<String, E> error) throws E {
        requireAlive(name);
        watcher.run();
        boolean isHere = count(name);
        if (isHere && kind == Kind.PAUSE) {
            meanwhile.run();
        }
        if (!isHere || kind == Kind.PAUSE) {
            return effect.run();
        }
        isDead = kind == Kind.CRASH_BEFORE || kind == Kind.CRASH_AFTER;
        if (kind == Kind.LOST_ACKNOWLEDGEMENT || kind == Kind.CRASH_AFTER) {
            T unused = effect.run();
        }
        if (!isDead) {
            throw error.apply("Injected: " + this + ".");
        }
        throw new ProcessDiedError(toString());
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

    /** The names of the calls that there were, in their order. */
    public List<String> made() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** Whether the chosen call was reached. */
    public boolean reached() {
        return isReached;
    }

    /** Whether the process was killed. */
    public boolean isDead() {
        return isDead;
    }

    @Override
    public String toString() {
        if (at == 0) {
            return "no fault";
        }
        String which = isReached ? reachedName : "not reached";
        return kind + " at call " + at + " (" + which + ")";
    }

    /** Counts a call; whether it is the chosen one. */
    private boolean count(String name) {
        synchronized (calls) {
            calls.add(name);
            boolean counts = callName.equals(ANY) || callName.equals(name);
            boolean isHere = counts && ++named == at;
            if (isHere) {
                reachedName = name;
                isReached = true;
            }
            return isHere;
        }
    }

    private static void nothing() {}
}
