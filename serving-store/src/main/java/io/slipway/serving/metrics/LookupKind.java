package io.slipway.serving.metrics;

import java.util.Locale;

/** What a request asks for. */
public enum LookupKind {
    /** One record. */
    RECORD,
    /** Several records. */
    BATCH,
    /** A page of a range of records. */
    SCAN,
    /** What is served. */
    DATASET,
    /** Something that there is not. */
    OTHER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The label in metrics. */
    public String label() {
        return label;
    }
}
