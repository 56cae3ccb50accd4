package io.slipway.model.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The catalog as a document, {@code spec/catalog.md}. Stateless. */
public final class CatalogJson {

    private static final int FORMAT_VERSION = 1;

    private static final String BASE = "base";
    private static final String RESULT_RECORDS = "resultRecords";
    private static final String RESULT_DIGEST = "resultDigest";

    private CatalogJson() {}

    /**
     * Writes a catalog.
     *
     * @param writeId which call writes it
     */
    public static byte[] write(Catalog catalog, Change change, String writeId) {
        ObjectNode json = SealedJson.object();
        json.put("sequence", catalog.sequence());
        json.put("writeId", writeId);
        ObjectNode changed = json.putObject("change");
        changed.put("who", change.who());
        changed.put("what", change.what());
        changed.put("why", change.why());
        changed.put("when", change.when().toString());
        ArrayNode datasets = json.putArray("datasets");
        catalog.datasets().values().forEach(dataset -> writeDataset(dataset, datasets.addObject()));
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    /**
     * Reads a catalog.
     *
     * @param file its name, for messages
     * @throws io.slipway.model.CorruptDataException if it is damaged
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    public static Catalog read(String file, byte[] document) {
        JsonFields json = open(file, document);
        Catalog catalog = new Catalog(json.integer("sequence"), new TreeMap<>());
        for (DatasetEntry dataset : json.objects("datasets", CatalogJson::readDataset)) {
            catalog = catalog.with(dataset);
        }
        return catalog;
    }

    /** Reads who made a catalog's change, and why. */
    public static Change readChange(String file, byte[] document) {
        JsonFields change = open(file, document).object("change");
        return new Change(change.text("who"), change.text("what"), change.text("why"), change.instant("when"));
    }

    static String readWriteId(String file, byte[] document) {
        return open(file, document).text("writeId");
    }

    private static JsonFields open(String file, byte[] document) {
        return SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
    }

    private static void writeDataset(DatasetEntry dataset, ObjectNode json) {
        json.put("name", dataset.name().value());
        ObjectNode settings = json.putObject("settings");
        dataset.settings().texts().forEach(settings::put);
        dataset.requested().ifPresent(number -> json.put("requested", number));
        json.put("highestCurrent", dataset.highestCurrent());
        json.put("rolledBack", dataset.rolledBack());
        ArrayNode versions = json.putArray("versions");
        for (VersionEntry version : dataset.versions().values()) {
            writeVersion(version, versions.addObject());
        }
    }

    private static void writeVersion(VersionEntry version, ObjectNode entry) {
        entry.put("number", version.number());
        entry.put("state", version.state().name());
        entry.put("manifestSha256", version.manifestSha256());
        entry.put("since", version.since().toString());
        version.lastCurrent().ifPresent(instant -> entry.put("lastCurrent", instant.toString()));
        entry.put("bad", version.bad());
        entry.put("reason", version.reason());
        version.delta().ifPresent(delta -> writeDelta(delta, entry));
        ReviewJson.write(version.review(), entry);
    }

    private static DatasetEntry readDataset(JsonFields json) {
        DatasetEntry dataset = new DatasetEntry(
                json.parsed("name", DatasetName::new),
                readSettings(json.object("settings")),
                new TreeMap<>(),
                json.has("requested") ? OptionalLong.of(json.integer("requested")) : OptionalLong.empty(),
                json.integer("highestCurrent"),
                json.flag("rolledBack"));
        return dataset.with(json.objects("versions", CatalogJson::readVersion));
    }

    private static DatasetSettings readSettings(JsonFields json) {
        DatasetSettings settings = DatasetSettings.DEFAULTS;
        for (String name : json.names()) {
            DatasetSettings sofar = settings;
            settings = json.parsed(name, value -> sofar.with(name, value));
        }
        return settings;
    }

    private static VersionEntry readVersion(JsonFields json) {
        return new VersionEntry(
                json.integer("number"),
                json.parsed("state", VersionState::of),
                json.text("manifestSha256"),
                json.instant("since"),
                json.has("lastCurrent") ? Optional.of(json.instant("lastCurrent")) : Optional.empty(),
                json.flag("bad"),
                json.text("reason"),
                json.has(BASE) ? Optional.of(readDelta(json)) : Optional.empty(),
                ReviewJson.read(json));
    }

    private static void writeDelta(DeltaEntry delta, ObjectNode json) {
        json.put(BASE, delta.base());
        delta.result().ifPresent(result -> {
            json.put(RESULT_RECORDS, result.records());
            json.put(RESULT_DIGEST, result.hex());
        });
    }

    private static DeltaEntry readDelta(JsonFields json) {
        Optional<Digest> result = json.has(RESULT_DIGEST)
                ? Optional.of(json.parsed(RESULT_DIGEST, hex -> Digest.of(hex, json.longCount(RESULT_RECORDS))))
                : Optional.empty();
        return new DeltaEntry(json.integer(BASE), result);
    }
}
