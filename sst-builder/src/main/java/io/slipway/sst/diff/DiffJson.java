package io.slipway.sst.diff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import java.nio.charset.StandardCharsets;

/** A comparison in JSON: as one document, and each change as an object of its own. Immutable and thread-safe. */
public final class DiffJson {

    private final KeyCodec keys;
    private final ValueJson older;
    private final ValueJson newer;

    /** The JSON of comparisons of two versions. */
    public DiffJson(Manifest older, Manifest newer) {
        this.keys = KeyCodec.of(newer.keySchema());
        this.older = ValueJson.of(older.valueSchema());
        this.newer = ValueJson.of(newer.valueSchema());
    }

    /** The whole result: counts, fields, examples. */
    public ObjectNode write(VersionDiff diff) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", diff.newer().version().dataset().value());
        json.put("from", diff.older().version().number());
        json.put("to", diff.newer().version().number());
        json.put("added", diff.added());
        json.put("removed", diff.removed());
        json.put("changed", diff.changed());
        json.put("unchanged", diff.unchanged());
        json.put("partitions", diff.newer().partitions().size());
        json.put("partitionsRead", diff.partitionsRead());
        ArrayNode fields = json.putArray("fields");
        for (FieldChange field : diff.fields()) {
            ObjectNode entry = fields.addObject();
            entry.put("field", field.field());
            entry.put("presence", field.presence().label());
            entry.put("changed", field.changed());
            entry.put("share", diff.share(field));
        }
        ArrayNode examples = json.putArray("examples");
        diff.examples().forEach(change -> examples.addRawValue(new RawValue(text(change))));
        return json;
    }

    /** Appends {@code {"key":…,"change":"added|removed|changed","old":…,"new":…}}, with the values that there are. */
    public void write(RecordChange change, JsonBytes out) {
        out.raw("{\"key\":").raw(keys.toJson(change.key()).toString());
        out.raw(",\"change\":").string(change.kind().label());
        change.older().ifPresent(value -> older.write(value, 0, value.length, out.raw(",\"old\":")));
        change.newer().ifPresent(value -> newer.write(value, 0, value.length, out.raw(",\"new\":")));
        out.raw('}');
    }

    private String text(RecordChange change) {
        JsonBytes out = new JsonBytes();
        write(change, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
