package io.slipway.batch.plan;

/** What a job makes. */
public sealed interface Output permits CollectOutput, Published {

    /** What comes before. */
    Node input();
}
