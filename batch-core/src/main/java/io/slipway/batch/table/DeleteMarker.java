package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/**
 * The column that says which rows of a delta are deletes. It is part of neither key nor value. Immutable.
 *
 * @param column its name; empty if there is none, and all rows are records
 */
record DeleteMarker(String column) implements Serializable {

    /** No row is a delete. */
    static final DeleteMarker NONE = new DeleteMarker("");

    /** Whether there is such a column. */
    boolean isPresent() {
        return !column.isEmpty();
    }

    /** Whether a text marks a delete. */
    boolean isDelete(String text) throws BadRowException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unclear("'" + text + "'");
        };
    }

    /** Whether a JSON value marks a delete; null does not. */
    boolean isDelete(JsonNode json) throws BadRowException {
        if (json.isNull()) {
            return false;
        }
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        throw unclear(json.toString());
    }

    /** Whether a field of an Avro record marks a delete; null does not. */
    boolean isDeleteField(Object field) throws BadRowException {
        if (field == null) {
            return false;
        }
        if (field instanceof Boolean isDelete) {
            return isDelete;
        }
        throw unclear(field.toString());
    }

    private BadRowException unclear(String found) {
        return BadRowException.of(
                "field '" + column + "' says whether the row is a delete, and is " + found + ".",
                "Write true or false.");
    }
}
