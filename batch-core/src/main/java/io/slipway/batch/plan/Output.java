package io.slipway.batch.plan;

/** What a job makes. */
public sealed interface Output permits CollectOutput, Published, WriteOutput {

    /** What comes before. */
    Node input();
}
