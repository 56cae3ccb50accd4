package io.slipway.serving.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.slipway.model.manifest.FieldStatistics;
import io.slipway.model.manifest.Manifest;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.util.Optional;
import org.apache.avro.Schema;

/** The documents that say what is served. Stateless. */
final class DatasetReplies {

    static final String ONLY_JSON = "Values come as avro/binary, too.";

    private DatasetReplies() {}

    /** All datasets, by name. */
    static ObjectNode list(Snapshot snapshot) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode datasets = json.putArray("datasets");
        for (ServedDataset dataset : snapshot.datasets().values()) {
            ObjectNode entry = datasets.addObject();
            entry.put("name", dataset.name().value());
            Optional<OpenVersion> current = dataset.current();
            entry.set("version", number(current.map(version -> version.id().number())));
            entry.set(
                    "records",
                    number(current.map(version -> version.content().digest().records())));
        }
        return json;
    }

    /** One dataset: the version that is asked for in detail, and which others can be read. */
    static ObjectNode describe(ServedDataset dataset, OpenVersion version) {
        Manifest manifest = version.manifest();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", dataset.name().value());
        json.put("version", version.id().number());
        json.set("current", number(dataset.current().map(current -> current.id().number())));
        ArrayNode readable = json.putArray("readable");
        dataset.readable().keySet().forEach(readable::add);
        json.put("records", version.content().digest().records());
        json.put("bytes", manifest.bytes());
        json.put("digest", version.content().digest().hex());
        json.put("partitions", manifest.partitions().size());
        json.put("label", manifest.provenance().label());
        json.put("published", manifest.provenance().end().toString());
        json.set("keySchema", schema(manifest.keySchema()));
        json.set("valueSchema", schema(manifest.valueSchema()));
        ArrayNode fields = json.putArray("fields");
        manifest.fields().forEach(field -> describe(field, fields.addObject()));
        return json;
    }

    private static void describe(FieldStatistics field, ObjectNode json) {
        json.put("field", field.field());
        json.put("values", field.values());
        json.put("nulls", field.nulls());
        json.put("distinct", field.distinct());
        field.least().ifPresent(least -> json.put("least", least));
        field.greatest().ifPresent(greatest -> json.put("greatest", greatest));
        field.mean().ifPresent(mean -> json.put("mean", mean));
    }

    private static com.fasterxml.jackson.databind.JsonNode schema(Schema schema) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(schema.toString()));
    }

    private static com.fasterxml.jackson.databind.JsonNode number(Optional<Long> number) {
        return number.<com.fasterxml.jackson.databind.JsonNode>map(JsonNodeFactory.instance::numberNode)
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }
}
