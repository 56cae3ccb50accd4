package io.slipway.model.canary;

/**
 * One key, and what is expected of it. Immutable.
 *
 * @param text the canary as it was written, for people
 * @param key the key
 * @param expectation what is expected of the key's record
 */
public record Canary(String text, CanaryKey key, Expectation expectation) {

    @Override
    public String toString() {
        return text;
    }
}
