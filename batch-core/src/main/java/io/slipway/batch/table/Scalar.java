package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.format.FolderText;

/** Reads values of one type that has no parts, from texts and from JSON. Immutable. */
abstract class Scalar {

    private final String label;

    /** A scalar of a type with this name. */
    Scalar(String label) {
        this.label = label;
    }

    /** The type's name, for messages. */
    final String label() {
        return label;
    }

    /** Hands on the value of a text. */
    abstract void text(String text, ScalarSink out) throws MisfitException;

    /** Hands on the value of JSON that is not null. */
    void json(JsonNode json, ScalarSink out) throws MisfitException {
        if (!fits(json) && !(json instanceof FolderText)) {
            throw misfit(json.toString());
        }
        text(json.asText(), out);
    }

    /** Whether JSON is of the kind that {@link #json} reads by its text. */
    boolean fits(JsonNode json) {
        return json.isTextual();
    }

    final MisfitException misfit(String text) {
        return MisfitException.notOf(label, text);
    }
}
