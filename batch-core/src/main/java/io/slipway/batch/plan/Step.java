package io.slipway.batch.plan;

import io.slipway.batch.Counters;

/** What a narrow operator does. Immutable; each attempt at a task connects it anew. */
@FunctionalInterface
public interface Step {

    /** A receiver that does the operator's work and passes its results on, used by one thread. */
    Receiver connect(Receiver downstream, Counters counters);
}
