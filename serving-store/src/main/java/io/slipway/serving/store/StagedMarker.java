package io.slipway.serving.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.time.Instant;

/**
 * The document {@code staged.json}, whose presence says that a version is completely fetched, verified and ingested.
 *
 * @param manifestSha256 the hash of the manifest that it was verified against
 * @param database the folder of the database within the version's folder
 * @param verified how far it was verified: {@code files} or {@code records}
 * @param at when
 */
public record StagedMarker(String manifestSha256, String database, String verified, Instant at) {

    private static final int FORMAT_VERSION = 1;

    byte[] toBytes() {
        ObjectNode json = SealedJson.object();
        json.put("manifestSha256", manifestSha256);
        json.put("database", database);
        json.put("verified", verified);
        json.put("at", at.toString());
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    static StagedMarker read(String file, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        return new StagedMarker(
                json.text("manifestSha256"), json.text("database"), json.text("verified"), json.instant("at"));
    }
}
