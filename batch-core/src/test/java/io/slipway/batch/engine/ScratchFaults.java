package io.slipway.batch.engine;

import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides which of the calls to scratch files goes wrong, and how. Thread-safe. */
final class ScratchFaults {

    /** What goes wrong. */
    enum Kind {
        /** The call fails; a write, after half of it. */
        FAIL,
        /** Bytes that are written or read are not what they should be; a file that is opened has vanished. */
        DAMAGE,
        /** The process dies; at a write, after half of it. Later calls have no effect. */
        DIE
    }

    private final Kind kind;
    private final int first;
    private final int last;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean dead = new AtomicBoolean();

    private ScratchFaults(Kind kind, int first, int last) {
        this.kind = kind;
        this.first = first;
        this.last = last;
    }

    /** No faults; only counts. */
    static ScratchFaults none() {
        return new ScratchFaults(Kind.FAIL, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** One fault, at a call from 0. */
    static ScratchFaults at(Kind kind, int call) {
        return new ScratchFaults(kind, call, call);
    }

    /** Faults at a call from 0, and at all after it. */
    static ScratchFaults from(Kind kind, int call) {
        return new ScratchFaults(kind, call, Integer.MAX_VALUE);
    }

    /** How many calls there were. */
    int calls() {
        return calls.get();
    }

    /** Whether the process has died. */
    boolean isDead() {
        return dead.get();
    }

    /** Counts a call; returns what happens to it. */
    Effect next() {
        if (dead.get()) {
            return new Effect(Kind.DIE);
        }
        int call = calls.getAndIncrement();
        boolean strikes = first <= call && call <= last;
        if (strikes && kind == Kind.DIE) {
            dead.set(true);
        }
        return new Effect(strikes ? kind : null);
    }

    /** What happens to a call: nothing, or a fault. */
    record Effect(Kind kind) {

        boolean damages() {
            return kind == Kind.DAMAGE;
        }

        boolean stops() {
            return kind == Kind.FAIL || kind == Kind.DIE;
        }

        /** Stops the call, if the fault is of that kind. */
        void check() throws IOException {
            if (kind == Kind.FAIL) {
                throw new IOException("No space left on device");
            }
            if (kind == Kind.DIE) {
                throw new ProcessDiedError("a call to a scratch file");
            }
        }
    }
}
