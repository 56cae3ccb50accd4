package io.slipway.model.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.util.OptionalLong;

/** The documents {@code claim.json} and {@code session-<n>.json}, {@code spec/bundle-format.md}. Stateless. */
final class ClaimJson {

    private static final int FORMAT_VERSION = 1;

    private ClaimJson() {}

    static byte[] write(Claim claim) {
        ObjectNode json = SealedJson.object();
        json.put("dataset", claim.version().dataset().value());
        json.put("version", claim.version().number());
        json.put("runId", claim.runId().value());
        json.put("partitions", claim.partitions());
        claim.base().ifPresent(base -> json.put("base", base));
        json.put("owner", claim.owner());
        json.put("time", claim.time().toString());
        json.put("writeId", claim.writeId());
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    static Claim read(String file, VersionId version, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        long number = json.integer("version");
        VersionId found = json.parsed("dataset", name -> new VersionId(new DatasetName(name), number));
        if (!found.equals(version)) {
            throw new CorruptDataException(file, "dataset and version", version, found);
        }
        return new Claim(
                version,
                json.parsed("runId", RunId::new),
                json.count("partitions"),
                json.has("base") ? OptionalLong.of(json.integer("base")) : OptionalLong.empty(),
                json.text("owner"),
                json.instant("time"),
                json.text("writeId"));
    }

    static byte[] writeSession(String owner, String time, String writeId) {
        ObjectNode json = SealedJson.object();
        json.put("owner", owner);
        json.put("time", time);
        json.put("writeId", writeId);
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    static String readSessionWriteId(String file, byte[] document) {
        return SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION).text("writeId");
    }
}
