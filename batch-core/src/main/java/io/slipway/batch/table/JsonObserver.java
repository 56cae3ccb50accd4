package io.slipway.batch.table;

import io.slipway.batch.format.JsonRow;

/** Finds out what the rows of JSON have in common. Used by one thread. */
final class JsonObserver implements TableScan.Observer<JsonRow, JsonObserver> {

    private final JsonFields fields = new JsonFields();

    @Override
    public void observe(JsonRow row) {
        fields.observe(row.object(), row);
    }

    @Override
    public void add(JsonObserver later) {
        fields.add(later.fields);
    }

    JsonFields fields() {
        return fields;
    }
}
