package io.slipway.model.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.JsonFields;
import io.slipway.model.manifest.FileEntryJson;
import io.slipway.model.statistics.FieldSketch;

/** A receipt as JSON, for whoever carries it from one process to another. Stateless. */
public final class PartitionReceiptJson {

    private PartitionReceiptJson() {}

    /** Adds a receipt's fields to a JSON object. */
    public static void write(PartitionReceipt receipt, ObjectNode json) {
        json.put("dataset", receipt.version().dataset().value());
        json.put("version", receipt.version().number());
        json.put("partition", receipt.partition());
        json.put("attempt", receipt.attempt());
        FileEntryJson.write(receipt.files(), json.putArray("files"));
        json.put("records", receipt.digest().records());
        json.put("digest", receipt.digest().hex());
        json.put("bytes", receipt.bytes());
        json.put("duplicates", receipt.duplicates());
        ArrayNode sketches = json.putArray("sketches");
        receipt.sketches().forEach(sketch -> sketches.add(sketch.toJson()));
    }

    /**
     * Reads a receipt's fields.
     *
     * @throws io.slipway.model.CorruptDataException if one is missing or of the wrong form
     */
    public static PartitionReceipt read(JsonFields json) {
        long number = json.integer("version");
        long records = json.longCount("records");
        return new PartitionReceipt(
                json.parsed("dataset", name -> new VersionId(new DatasetName(name), number)),
                json.count("partition"),
                json.count("attempt"),
                json.objects("files", FileEntryJson::read),
                json.parsed("digest", hex -> Digest.of(hex, records)),
                json.longCount("bytes"),
                json.longCount("duplicates"),
                json.objects("sketches", FieldSketch::fromJson));
    }
}
