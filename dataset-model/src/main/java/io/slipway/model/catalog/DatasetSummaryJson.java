package io.slipway.model.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.value.SchemaCompatibility;
import java.util.Optional;
import org.apache.avro.Schema;

/** The document of a dataset's summary, {@code spec/version-topic.md}, section "Datasets". Stateless. */
public final class DatasetSummaryJson {

    private static final int FORMAT_VERSION = 1;

    private DatasetSummaryJson() {}

    /** The document. */
    public static byte[] write(DatasetSummary summary) {
        ObjectNode json = SealedJson.object();
        json.put("dataset", summary.dataset().value());
        json.put("route", summary.route().label());
        json.put("highest", summary.highest());
        json.put("duplicates", summary.duplicates().label());
        json.put("routingFields", summary.routingFields());
        json.put("compatibility", summary.compatibility().label());
        json.put("deltaChain", summary.deltaChain());
        summary.current()
                .ifPresent(current -> json.putObject("current")
                        .put("version", current.version())
                        .put("partitions", current.partitions())
                        .put("keySchema", current.keySchema().toString())
                        .put("valueSchema", current.valueSchema().toString()));
        ArrayNode usable = json.putArray("usable");
        summary.usable().forEach(version -> usable.addObject().put("version", version));
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    /**
     * Reads a document.
     *
     * @param place where it was found, for messages
     * @throws io.slipway.model.CorruptDataException if it is damaged
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public static DatasetSummary read(String place, byte[] document) {
        JsonFields json = SealedJson.open(place, document, FORMAT_VERSION, FORMAT_VERSION);
        return new DatasetSummary(
                json.parsed("dataset", DatasetName::new),
                json.parsed("route", Route::of),
                json.longCount("highest"),
                json.parsed("duplicates", DuplicatePolicy::of),
                json.count("routingFields"),
                json.parsed("compatibility", SchemaCompatibility.Mode::of),
                json.count("deltaChain"),
                json.has("current") ? Optional.of(readCurrent(json.object("current"))) : Optional.empty(),
                json.objects("usable", version -> version.integer("version")));
    }

    private static DatasetSummary.Current readCurrent(JsonFields json) {
        return new DatasetSummary.Current(
                json.integer("version"),
                json.count("partitions"),
                json.parsed("keySchema", DatasetSummaryJson::schema),
                json.parsed("valueSchema", DatasetSummaryJson::schema));
    }

    private static Schema schema(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (org.apache.avro.AvroRuntimeException | NullPointerException e) {
            // Avro 1.12 throws the latter at the name of a type that is not defined.
            throw new IllegalArgumentException("not an Avro schema: " + e.getMessage(), e);
        }
    }
}
