package io.slipway.batch.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds an object's fields by the names of their Avro fields. Immutable and thread-safe. */
final class JsonSlots {

    /** What becomes of fields that nobody asked for. */
    enum Others {
        REFUSE,
        LEAVE_OUT
    }

    private final Map<String, Integer> indexes = new HashMap<>();
    private final Others others;

    JsonSlots(List<String> names, Others others) {
        for (String name : names) {
            indexes.put(name, indexes.size());
        }
        this.others = others;
    }

    /** An array for {@link #fill}. */
    JsonNode[] newSlots() {
        return new JsonNode[indexes.size()];
    }

    /** Puts each field at the position of its name; what is absent is null there. */
    void fill(ObjectNode object, JsonNode[] slots) throws MisfitException {
        Arrays.fill(slots, NullNode.getInstance());
        int filled = 0;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Integer index = indexes.get(field.getKey());
            if (index == null) {
                index = indexes.get(AvroNames.of(field.getKey()));
            }
            if (index != null) {
                slots[index] = field.getValue();
                filled++;
            } else if (others == Others.REFUSE) {
                throw new MisfitException("is not in the schema").within("." + field.getKey());
            }
        }
        if (filled > slots.length) {
            throw new MisfitException("has two fields that have one name once they are called as Avro allows");
        }
    }
}
