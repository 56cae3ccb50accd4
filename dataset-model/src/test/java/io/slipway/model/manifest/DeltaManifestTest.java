package io.slipway.model.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.SealedJson;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class DeltaManifestTest {

    private static final String FILE = "datasets/route-delays/v7/manifest.json";
    private static final VersionId VERSION = new VersionId(new DatasetName("route-delays"), 7);
    private static final Manifest MANIFEST = new Manifest(
            VERSION,
            Route.SST,
            new RunId("nightly:2026-01-01"),
            Schema.create(Schema.Type.STRING),
            Schema.create(Schema.Type.LONG),
            Optional.of(new Delta(5, "d".repeat(64), 3)),
            Optional.empty(),
            0,
            List.of(
                    new FileEntry("part-00000-1-0.sst", 0, 1000, 10, "a".repeat(64), "00", "0fff"),
                    new FileEntry(
                            "part-00000-1-0.deletes.sst", Content.DELETES, 0, 500, 3, "b".repeat(64), "01", "ff")),
            List.of(new PartitionEntry(0, new Digest(77, 13))),
            new Digest(77, 13),
            1500,
            DuplicatePolicy.FAIL,
            0,
            List.of(),
            "lz4",
            new Provenance("", "", "", "", List.of(), Instant.EPOCH, Instant.EPOCH));

    @Test
    void theFirstFormatOfADeltaStaysReadable() throws IOException {
        byte[] golden = golden("delta-1.json");
        assertThat(read(golden)).isEqualTo(MANIFEST);
        assertThat(new String(document(json -> {}), UTF_8))
                .as("what is written now")
                .isEqualTo(new String(golden, UTF_8));
    }

    @Test
    void theBaseIsAVersionOfTheSameDataset() {
        assertThat(MANIFEST.base()).hasValue(new VersionId(VERSION.dataset(), 5));
    }

    @Test
    void aBaseThatIsNotBelowTheDeltaIsRefused() {
        for (long base : List.of(7L, 8L, 0L, -1L)) {
            assertDamaged(json -> ((ObjectNode) json.get("base")).put("version", base), "base.version", base);
        }
    }

    @Test
    void deletesThatAreNotThoseOfTheFilesAreRefused() {
        assertDamaged(json -> json.put("deletes", 2), "deletes", "3");
        assertDamaged(json -> json.remove(List.of("base", "deletes")), "deletes", "3");
        assertDamaged(json -> json.remove("deletes"), "deletes", "");
    }

    @Test
    void filesOfWhatNobodyKnowsAreRefused() {
        assertDamaged(json -> ((ObjectNode) json.get("files").get(1)).put("content", "merges"), "content", "merges");
    }

    private static void assertDamaged(Consumer<ObjectNode> damage, String field, Object found) {
        byte[] document = document(damage);
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(field, String.valueOf(found));
    }

    private static Manifest read(byte[] document) {
        return ((Decision.Committed) DecisionJson.read(FILE, VERSION, document)).manifest();
    }

    private static byte[] document(Consumer<ObjectNode> damage) {
        ObjectNode json = SealedJson.object();
        ManifestJson.write(MANIFEST, json);
        damage.accept(json);
        return SealedJson.seal(1, json.put("writeId", "write-1"));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = DeltaManifestTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
