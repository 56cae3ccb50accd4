package io.slipway.batch.engine;

import java.util.List;

/**
 * The keys that one partition had more than once.
 *
 * @param keys how many
 * @param records how many records these keys had
 * @param examples the first few
 */
record Duplicates(long keys, long records, List<Example> examples) {

    static final Duplicates NONE = new Duplicates(0, 0, List.of());

    Duplicates {
        examples = List.copyOf(examples);
    }

    /** How many records shared their key with another, beyond the first. */
    long beyondFirst() {
        return records - keys;
    }

    /**
     * One of the keys.
     *
     * @param key the key, for people
     * @param count how many records it had
     */
    record Example(String key, long count) {}
}
