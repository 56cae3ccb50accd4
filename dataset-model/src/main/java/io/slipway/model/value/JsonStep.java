package io.slipway.model.value;

/** Writes the JSON of the value at the cursor. Immutable and thread-safe. */
@FunctionalInterface
interface JsonStep {

    void write(BinaryCursor cursor, JsonBytes out);
}
