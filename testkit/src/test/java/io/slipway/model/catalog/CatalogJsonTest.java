package io.slipway.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.json.SealedJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");
    private static final Change CHANGE = new Change("ann", "swap route-delays 2", "it \"looks\" good\n", TIME);
    private static final GateReport REPORT = new GateReport(
            OptionalLong.of(4),
            List.of(
                    new GateResult("records.drop", false, Optional.of(30.5), Optional.of(20.0), "Too few."),
                    new GateResult("schema", true, Optional.empty(), Optional.empty(), "As it was.")));
    private static final GateReport RECORDS_REPORT = new GateReport(
            OptionalLong.empty(),
            List.of(new GateResult("canary", false, Optional.of(1.0), Optional.of(0.0), "One failed.")));
    private static final byte[] DOCUMENT = CatalogJson.write(everything(), CHANGE, "id-1");

    private static Catalog everything() {
        VersionEntry one = new VersionEntry(
                1,
                VersionState.RETAINED,
                "aa",
                TIME.minusSeconds(9),
                Optional.of(TIME.minusMillis(1)),
                true,
                "slow",
                Optional.of(DeltaEntry.on(7)),
                new Review(
                        true,
                        Optional.of(REPORT),
                        Optional.of(RECORDS_REPORT),
                        Optional.of(new Approval("ann", "the source shrank", TIME))));
        VersionEntry two = new VersionEntry(2, VersionState.CURRENT, "bb", TIME, Optional.empty(), false, "");
        DatasetEntry full = new DatasetEntry(
                new DatasetName("route-delays"),
                DatasetSettings.DEFAULTS.with("swap", "manual").with("retention.age", "7d"),
                new TreeMap<>(),
                OptionalLong.of(3),
                2,
                true);
        DatasetEntry bare = DatasetEntry.empty(new DatasetName("airports"));
        return new Catalog(12, new TreeMap<>())
                .with(full.with(List.of(one, two)))
                .with(bare);
    }

    @Test
    void everyFieldIsReadAsItWasWritten() {
        assertThat(CatalogJson.read("c", DOCUMENT)).isEqualTo(everything());
        assertThat(CatalogJson.readChange("c", DOCUMENT)).isEqualTo(CHANGE);
        assertThat(CatalogJson.readWriteId("c", DOCUMENT)).isEqualTo("id-1");
    }

    @Test
    void everyVersionStateIsReadAsItWasWritten() {
        for (VersionState state : VersionState.values()) {
            VersionEntry version = new VersionEntry(1, state, "", TIME, Optional.empty(), false, "");
            Catalog catalog = new Catalog(1, new TreeMap<>())
                    .with(DatasetEntry.empty(new DatasetName("d")).with(version));
            assertThat(CatalogJson.read("c", CatalogJson.write(catalog, CHANGE, "w")))
                    .isEqualTo(catalog);
        }
    }

    @Test
    void fieldsThatNobodyKnowsAreIgnored() throws IOException {
        ObjectNode json = tree();
        for (ObjectNode object : objects(json)) {
            boolean isSettings = object.isEmpty() || object.has("swap");
            if (!isSettings) {
                object.putObject("ofTheFuture").put("x", 1);
            }
        }
        assertThat(CatalogJson.read("c", SealedJson.seal(1, json))).isEqualTo(everything());
    }

    @Test
    void aFieldThatIsMissingOrMistypedIsNamed() throws IOException {
        List<String> optional = List.of(
                "requested",
                "lastCurrent",
                "base",
                "pinned",
                "gates",
                "dataGates",
                "against",
                "measured",
                "limit",
                "approval",
                "writeId",
                "change",
                "who",
                "what",
                "why",
                "when");
        int checked = 0;
        for (int at = 0; at < objects(tree()).size(); at++) {
            for (String field : names(objects(tree()).get(at))) {
                if (optional.contains(field) || field.equals("swap") || field.equals("retention.age")) {
                    continue;
                }
                ObjectNode without = tree();
                objects(without).get(at).remove(field);
                assertNamed(without, field);
                ObjectNode mistyped = tree();
                ObjectNode object = objects(mistyped).get(at);
                object.put(field, object.get(field).isNumber() ? "7" : "\0");
                if (object.get(field).isTextual()
                        && !List.of("manifestSha256", "reason", "gate", "message")
                                .contains(field)) {
                    assertNamed(mistyped, field);
                }
                object.put(field, 0.5);
                assertNamed(mistyped, field);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    private static void assertNamed(ObjectNode json, String field) {
        byte[] document = SealedJson.seal(1, json);
        assertThatThrownBy(() -> CatalogJson.read("catalog/x.json", document))
                .as(field)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll("catalog/x.json", field);
    }

    @Test
    void everyFlippedBitIsFound() {
        for (int at = 0; at < DOCUMENT.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = DOCUMENT.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> CatalogJson.read("c.json", damaged))
                        .as("bit %d of byte %d", bit, at)
                        .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class)
                        .hasMessageContaining("c.json");
            }
        }
    }

    @Test
    void everyTruncationIsFound() {
        for (int length = 0; length < DOCUMENT.length; length++) {
            byte[] damaged = Arrays.copyOf(DOCUMENT, length);
            assertThatThrownBy(() -> CatalogJson.read("c.json", damaged))
                    .as("%d bytes", length)
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    private static ObjectNode tree() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(DOCUMENT);
        json.remove(List.of("checksum", "formatVersion"));
        return json;
    }

    private static List<ObjectNode> objects(JsonNode json) {
        List<ObjectNode> objects = new ArrayList<>();
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
