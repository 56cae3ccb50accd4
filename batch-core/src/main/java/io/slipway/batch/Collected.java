package io.slipway.batch;

import java.util.List;

/** Stands for records that a job hands to its caller, who gets them by {@link JobResult#of}. */
public final class Collected<T> {

    Collected() {}

    /** The records of a run, in the order of its tasks. */
    @SuppressWarnings("unchecked")
    List<T> in(JobResult result) {
        return (List<T>) result.collected().getOrDefault(this, List.of());
    }
}
