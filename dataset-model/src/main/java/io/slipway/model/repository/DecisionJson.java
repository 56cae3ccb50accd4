package io.slipway.model.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.VersionId;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.ManifestJson;

/** The document {@code manifest.json}: a manifest, or that the version was aborted. Stateless. */
public final class DecisionJson {

    private static final int FORMAT_VERSION = 1;
    private static final String ABORTED = "aborted";
    private static final String WRITE_ID = "writeId";

    private DecisionJson() {}

    /** A decision that the version is complete. */
    public static byte[] writeCommitted(Manifest manifest, String writeId) {
        ObjectNode json = SealedJson.object();
        ManifestJson.write(manifest, json);
        json.put(WRITE_ID, writeId);
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    /** A decision that the version will never be. */
    public static byte[] writeAborted(String reason, String writeId) {
        ObjectNode json = SealedJson.object();
        json.put(ABORTED, reason);
        json.put(WRITE_ID, writeId);
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    /**
     * Reads a decision.
     *
     * @param file its name, for messages
     * @param version the version that it is to be about
     * @param document its bytes
     * @throws CorruptDataException if it is damaged, or about another version
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public static Decision read(String file, VersionId version, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        if (json.has(ABORTED)) {
            return new Decision.Aborted(json.text(ABORTED), json.text(WRITE_ID));
        }
        Manifest manifest = ManifestJson.read(json);
        if (!manifest.version().equals(version)) {
            throw new CorruptDataException(file, "dataset and version", version, manifest.version());
        }
        return new Decision.Committed(manifest, Sha256.hex(document), json.text(WRITE_ID));
    }
}
