package io.slipway.serving.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.time.Instant;
import java.util.Optional;

/**
 * The document {@code staged.json}, whose presence says that a version is completely fetched, verified and ingested.
 *
 * @param manifestSha256 the hash of the manifest that it was verified against
 * @param database the folder of the database within the version's folder
 * @param verified how far it was verified: {@code files} or {@code records}
 * @param at when
 * @param content of a delta, what the database holds; of a full version the manifest says it
 */
public record StagedMarker(
        String manifestSha256, String database, String verified, Instant at, Optional<VersionContent> content) {

    private static final int FORMAT_VERSION = 1;
    private static final String PARTITIONS = "partitions";

    byte[] toBytes() {
        ObjectNode json = SealedJson.object();
        json.put("manifestSha256", manifestSha256);
        json.put("database", database);
        json.put("verified", verified);
        json.put("at", at.toString());
        content.ifPresent(found -> write(found, json.putArray(PARTITIONS)));
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    static StagedMarker read(String file, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        return new StagedMarker(
                json.text("manifestSha256"),
                json.text("database"),
                json.text("verified"),
                json.instant("at"),
                json.has(PARTITIONS)
                        ? Optional.of(new VersionContent(json.objects(PARTITIONS, StagedMarker::readPartition)))
                        : Optional.empty());
    }

    private static void write(VersionContent content, ArrayNode array) {
        for (VersionContent.Partition partition : content.partitions()) {
            ObjectNode entry = array.addObject();
            entry.put("records", partition.digest().records());
            entry.put("digest", partition.digest().hex());
            entry.put("entries", partition.entries());
        }
    }

    private static VersionContent.Partition readPartition(JsonFields json) {
        long records = json.longCount("records");
        return new VersionContent.Partition(
                json.parsed("digest", hex -> Digest.of(hex, records)), json.longCount("entries"));
    }
}
