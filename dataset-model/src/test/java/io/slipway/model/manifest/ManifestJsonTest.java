package io.slipway.model.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.SealedJson;
import io.slipway.model.json.Sha256;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The manifest, in the document that decides a version. */
class ManifestJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "datasets/route-delays/v7/manifest.json";
    private static final VersionId VERSION = new VersionId(new DatasetName("route-delays"), 7);

    /** Every form that a field can have: two files in a partition, none in another, statistics with and without numbers. */
    private static final Manifest MANIFEST = new Manifest(
            VERSION,
            Route.SST,
            new RunId("nightly:2026-01-01"),
            new Schema.Parser().parse("""
                    {"type": "record", "name": "Key", "fields": [
                      {"name": "origin", "type": "string"}, {"name": "day", "type": "long"}]}"""),
            new Schema.Parser().parse("""
                    {"type": "record", "name": "Delays", "doc": "quote \\" and é", "fields": [
                      {"name": "count", "type": "long"}, {"name": "note", "type": ["null", "string"]}]}"""),
            Optional.empty(),
            Optional.empty(),
            1,
            List.of(
                    new FileEntry("part-00000-1-0.sst", 0, 1000, 10, "a".repeat(64), "00", "0fff"),
                    new FileEntry("part-00000-1-0b.sst", 0, 500, 5, "b".repeat(64), "10", "ff"),
                    new FileEntry("part-00002-2-3.sst", 2, Integer.MAX_VALUE + 1L, 1, "c".repeat(64), "", "")),
            List.of(
                    new PartitionEntry(0, new Digest(-1, 15)),
                    new PartitionEntry(1, Digest.EMPTY),
                    new PartitionEntry(2, new Digest(Long.MIN_VALUE, 1))),
            new Digest(Long.MAX_VALUE, 16),
            1501L + Integer.MAX_VALUE,
            DuplicatePolicy.LAST,
            4,
            List.of(
                    new FieldStatistics("count", 16, 0, 9, Optional.of(-3.0), Optional.of(1e300), Optional.of(0.1)),
                    new FieldStatistics("note", 16, 16, 0, Optional.empty(), Optional.empty(), Optional.empty())),
            "lz4",
            new Provenance(
                    "route-delays",
                    "months=3",
                    "embedded",
                    "the \"first\"\nof the year",
                    List.of(new InputFile("flights.csv", 1L << 40, "f1"), new InputFile("empty.csv", 0, "")),
                    Instant.parse("2026-01-02T03:04:05.678901234Z"),
                    Instant.parse("2026-01-02T03:05:00Z")));

    @Test
    void everyFieldIsReadAsItWasWritten() {
        byte[] document = document(MANIFEST);
        assertThat(DecisionJson.read(FILE, VERSION, document))
                .isEqualTo(new Decision.Committed(MANIFEST, Sha256.hex(document), "write-1"));
    }

    @Test
    void anEmptyVersionIsReadAsItWasWritten() {
        Manifest empty = empty();
        assertThat(read(document(empty))).isEqualTo(empty);
    }

    @Test
    void onlyAVersionOfTheKafkaRouteHasATopic() {
        ObjectNode withTopic = tree();
        withTopic.putObject("topic").put("name", "slipway.route-delays.v7").put("id", "QzV0c3RfdG9waWNfaWQ");
        assertRefused(withTopic, "topic", "slipway.route-delays.v7");
        assertRefused(tree().put("route", "kafka"), "topic", "none");
    }

    @Test
    void theFirstFormatStaysReadable() throws IOException {
        byte[] golden = golden("manifest-1.json");
        assertThat(read(golden)).isEqualTo(MANIFEST);
        assertThat(new String(document(MANIFEST), UTF_8))
                .as("what is written now")
                .isEqualTo(new String(golden, UTF_8));
    }

    @Test
    void theFirstFormatOfAnAbortStaysReadable() throws IOException {
        assertThat(DecisionJson.read(FILE, VERSION, golden("aborted-1.json")))
                .isEqualTo(new Decision.Aborted("the input was \"wrong\"", "write-2"));
    }

    @Test
    void fieldsThatNobodyKnowsAreIgnored() {
        ObjectNode json = tree();
        objects(json).forEach(object -> object.putArray("ofTheFuture").add(1));
        assertThat(read(SealedJson.seal(1, json))).isEqualTo(MANIFEST);
    }

    @Test
    void aFieldThatIsMissingIsNamed() {
        int checked = 0;
        for (int at = 0; at < objects(tree()).size(); at++) {
            for (String field : names(objects(tree()).get(at))) {
                if (!List.of("least", "greatest", "mean").contains(field)) {
                    for (boolean isNull : List.of(true, false)) {
                        ObjectNode json = tree();
                        ObjectNode object = objects(json).get(at);
                        object.remove(field);
                        if (isNull) {
                            object.putNull(field);
                        }
                        assertRefused(json, field);
                    }
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(60);
    }

    @Test
    void aFieldOfAnotherTypeIsNamed() {
        List<JsonNode> others = List.of(
                MAPPER.getNodeFactory().textNode("\0"),
                MAPPER.getNodeFactory().numberNode(0.5),
                MAPPER.getNodeFactory().booleanNode(true),
                MAPPER.createObjectNode(),
                MAPPER.createArrayNode().add(1));
        for (int at = 0; at < objects(tree()).size(); at++) {
            for (String field : names(objects(tree()).get(at))) {
                for (JsonNode other : others) {
                    ObjectNode json = tree();
                    ObjectNode object = objects(json).get(at);
                    JsonNode right = object.get(field);
                    boolean isFreeText = right.isTextual() && other.isTextual();
                    boolean isFreeNumber = List.of("least", "greatest", "mean").contains(field) && other.isNumber();
                    if (!isFreeText && !isFreeNumber) {
                        object.set(field, other);
                        assertRefused(json, field);
                    }
                }
            }
        }
    }

    @Test
    void aValueThatCannotBeIsNamed() {
        assertRefused(json -> json.put("dataset", "Route Delays"), "dataset", "'Route Delays'");
        assertRefused(json -> json.put("version", 0), "dataset", "Version 0");
        assertRefused(json -> json.put("version", -7), "dataset", "Version -7");
        assertRefused(json -> json.put("route", "ship"), "route", "'ship'");
        assertRefused(json -> json.put("runId", "a b"), "runId", "'a b'");
        assertRefused(json -> json.put("digest", "xyz"), "digest", "'xyz'");
        assertRefused(json -> json.put("digest", "7FFFFFFFFFFFFFFF"), "digest");
        assertRefused(json -> json.put("duplicatePolicy", "any"), "duplicatePolicy", "'any'");
        assertRefused(json -> json.put("keySchema", "strange"), "keySchema");
        assertRefused(json -> json.put("valueSchema", "{}"), "valueSchema");
        assertRefused(json -> json.put("routingFields", 3), "routingFields", "3 routing fields");
        assertRefused(json -> json.put("keySchema", "\"double-cream\""), "keySchema");
        assertRefused(json -> json.put("keySchema", "{\"type\": \"map\", \"values\": \"long\"}"), "keySchema");
        assertRefused(json -> provenance(json).put("start", "yesterday"), "provenance.start", "yesterday");
        assertRefused(json -> json.put("duplicates", -1), "duplicates", "-1");
    }

    @Test
    void aFileNameThatLeadsElsewhereIsRefused() {
        for (String name : List.of("", "../v6/part-00000-1-0.sst", "/etc/passwd", "a\\b", ".hidden", "..")) {
            assertRefused(json -> file(json, 0).put("name", name), "files[0].name", "a plain file name");
        }
    }

    @Test
    void forgedTotalsAreRefused() {
        assertRefused(json -> json.put("records", 17), "digest", "16 records", "17 records");
        assertRefused(json -> json.put("digest", "0123456789abcdef"), "digest", "0123456789abcdef");
        assertRefused(json -> json.put("bytes", 1), "bytes", "found 1");
        assertRefused(json -> json.put("bytes", -1), "bytes", "found -1");
        assertRefused(json -> file(json, 0).put("records", 11), "partitions[0].records", "16", "15");
        assertRefused(json -> file(json, 0).put("bytes", 1001), "bytes");
        assertRefused(json -> file(json, 0).put("partition", 1), "partitions[0].records");
        assertRefused(json -> file(json, 0).put("partition", 3), "files", "partitions below 3", "found 3");
        assertRefused(json -> partition(json, 0).put("records", 14), "partitions[0].records");
        assertRefused(json -> partition(json, 0).put("digest", "0".repeat(16)), "digest");
        assertRefused(json -> partition(json, 1).put("partition", 2), "partitions[1].partition", "expected 1");
        assertRefused(json -> ((ArrayNode) json.get("partitions")).remove(2), "files", "partitions below 2");
        assertRefused(json -> ((ArrayNode) json.get("files")).remove(2), "bytes");
    }

    @Test
    void filesOfAPartitionThatDoNotFollowOnOneAnotherAreRefused() {
        assertRefused(json -> file(json, 1).put("leastKey", "0fff"), "files[1]", "after part-00000-1-0.sst");
        assertRefused(json -> file(json, 1).put("leastKey", "0ffe"), "files[1]", "found part-00000-1-0b.sst");
        assertRefused(json -> file(json, 0).put("greatestKey", "fff0"), "files[1]");
        assertRefused(json -> file(json, 0).put("leastKey", "0fff00"), "files[0].greatestKey", "at least 0fff00");
        assertRefused(
                json -> {
                    ArrayNode files = (ArrayNode) json.get("files");
                    files.insert(0, files.remove(1));
                },
                "files[1]",
                "after part-00000-1-0b.sst");
        assertRefused(
                json -> {
                    ArrayNode files = (ArrayNode) json.get("files");
                    files.insert(0, files.remove(2));
                },
                "files[1]",
                "after part-00002-2-3.sst");
    }

    @Test
    void negativeCountsThatSumUpAreRefused() {
        assertRefused(
                json -> {
                    file(json, 0).put("records", 16);
                    file(json, 1).put("records", -1);
                },
                "files[1].records",
                "found -1");
        assertRefused(
                json -> {
                    file(json, 0).put("bytes", 2000);
                    file(json, 1).put("bytes", -500);
                },
                "files[1].bytes",
                "found -500");
    }

    @Test
    void aVersionWithoutPartitionsIsRefused() {
        ObjectNode json = SealedJson.object();
        ManifestJson.write(empty(), json);
        json.putArray("partitions");
        assertRefused(json.put("writeId", "w"), "partitions");
    }

    @Test
    void aManifestOfAnotherDatasetOrVersionIsRefused() {
        byte[] document = document(MANIFEST);
        for (VersionId other :
                List.of(new VersionId(VERSION.dataset(), 8), new VersionId(new DatasetName("airports"), 7))) {
            assertThatThrownBy(() -> DecisionJson.read(FILE, other, document))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContainingAll(
                            FILE, "dataset and version", "expected " + other, "found version 7 of route-delays");
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        for (int format : List.of(0, 2, 99)) {
            assertThatThrownBy(() -> read(SealedJson.seal(format, tree())))
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContainingAll(FILE, "format version " + format, "reads 1 to 1");
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] document = document(empty());
        for (int at = 0; at < document.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = document.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertThatThrownBy(() -> read(damaged))
                        .as("bit %d of byte %d", bit, at)
                        .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class)
                        .hasMessageContaining(FILE);
            }
        }
    }

    @Test
    void everyTruncationAndEveryExtensionIsFound() {
        byte[] document = document(empty());
        for (int length = 0; length < document.length; length++) {
            assertDamaged(Arrays.copyOf(document, length));
        }
        assertDamaged(Arrays.copyOf(document, document.length + 1));
        byte[] spaced = Arrays.copyOf(document, document.length + 1);
        spaced[document.length] = '\n';
        assertDamaged(spaced);
    }

    @Test
    void aChangedFieldUnderTheOldChecksumIsFound() {
        String text = new String(document(MANIFEST), UTF_8);
        byte[] changed =
                text.replace("\"duplicates\" : 4", "\"duplicates\" : 5").getBytes(UTF_8);
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(FILE, "expected checksum");
    }

    private static void assertDamaged(byte[] document) {
        assertThatThrownBy(() -> read(document))
                .as("%d bytes", document.length)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(FILE);
    }

    private static void assertRefused(Consumer<ObjectNode> change, String... named) {
        ObjectNode json = tree();
        change.accept(json);
        assertRefused(json, named);
    }

    private static void assertRefused(ObjectNode json, String... named) {
        byte[] document = SealedJson.seal(1, json);
        assertThatThrownBy(() -> read(document))
                .as(String.join(", ", named))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(FILE)
                .hasMessageContainingAll(named);
    }

    private static Manifest read(byte[] document) {
        return ((Decision.Committed) DecisionJson.read(FILE, VERSION, document)).manifest();
    }

    private static byte[] document(Manifest manifest) {
        ObjectNode json = SealedJson.object();
        ManifestJson.write(manifest, json);
        return SealedJson.seal(1, json.put("writeId", "write-1"));
    }

    private static Manifest empty() {
        return new Manifest(
                VERSION,
                Route.KAFKA,
                new RunId("r"),
                Schema.create(Schema.Type.STRING),
                Schema.create(Schema.Type.LONG),
                Optional.empty(),
                Optional.of(new VersionTopic("slipway.route-delays.v7", "QzV0c3RfdG9waWNfaWQ")),
                0,
                List.of(),
                List.of(new PartitionEntry(0, Digest.EMPTY)),
                Digest.EMPTY,
                0,
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "",
                new Provenance("", "", "", "", List.of(), Instant.EPOCH, Instant.EPOCH));
    }

    private static ObjectNode tree() {
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(document(MANIFEST));
            json.remove(List.of("checksum", "formatVersion"));
            return json;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode file(ObjectNode json, int index) {
        return (ObjectNode) json.get("files").get(index);
    }

    private static ObjectNode partition(ObjectNode json, int index) {
        return (ObjectNode) json.get("partitions").get(index);
    }

    private static ObjectNode provenance(ObjectNode json) {
        return (ObjectNode) json.get("provenance");
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

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = ManifestJsonTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
