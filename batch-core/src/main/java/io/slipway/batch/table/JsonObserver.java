package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.batch.format.JsonRow;
import java.util.List;

/** Finds out what the rows of JSON have in common. Used by one thread. */
final class JsonObserver implements TableScan.Observer<JsonRow, JsonObserver> {

    private final JsonFields fields = new JsonFields();
    private final JsonSlots slots;
    private final List<String> key;
    private final JsonNode[] keyNodes;

    /** An observer of rows that must have the fields of a key. */
    JsonObserver(List<String> key) {
        this.key = key;
        this.slots = new JsonSlots(key, JsonSlots.Others.LEAVE_OUT);
        this.keyNodes = slots.newSlots();
    }

    @Override
    public void observe(JsonRow row) {
        fields.observe(row.object(), row);
        try {
            slots.fill(row.object(), keyNodes);
        } catch (MisfitException e) {
            throw new IllegalStateException("A clash of names was not noticed before", e);
        }
        for (int i = 0; i < keyNodes.length; i++) {
            if (keyNodes[i].isNull()) {
                throw Rows.nullKey(row.file(), row.line(), key.get(i));
            }
        }
    }

    @Override
    public void add(JsonObserver later) {
        fields.add(later.fields);
    }

    JsonFields fields() {
        return fields;
    }
}
