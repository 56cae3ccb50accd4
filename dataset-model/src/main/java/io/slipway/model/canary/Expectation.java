package io.slipway.model.canary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a canary expects of its key's record. */
public sealed interface Expectation {

    /** That there is one. */
    record Exists() implements Expectation {}

    /** That there is none. */
    record Absent() implements Expectation {}

    /**
     * That there is one, and a part of its value compares with a literal in a certain way.
     *
     * @param path the names of the fields (or of a map's entries) that lead to the part; empty for the whole value
     * @param relation how it has to compare
     * @param literal with what, in the JSON form that readers get
     */
    record Compares(List<String> path, Relation relation, JsonNode literal) implements Expectation {

        /** Takes a copy of the list. */
        public Compares {
            path = List.copyOf(path);
        }
    }
}
