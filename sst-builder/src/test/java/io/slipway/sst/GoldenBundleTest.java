package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Compression;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.InputFile;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.value.ValueCodec;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A repository of format version 1 stays readable, for ever: all its documents, a full version, a delta on it, every
 * compression, and a partition of several files. It is in {@code src/test/resources/golden-1} and is never made again.
 *
 * <p>It was made by {@link SstVersionPublisher} with a fixed clock, as runs {@code full}, {@code delta}, {@code
 * uncompressed} and {@code split} of one dataset, whose setting {@code compression} was {@code lz4}, {@code lz4}, {@code
 * none} and {@code zstd}; of the last its session was given a file size of one byte, so that a file ended with every 64 KiB
 * of records. The states in the catalog were written there by hand.
 */
class GoldenBundleTest {

    private static final DatasetName PLANETS = new DatasetName("planets");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final List<Object> NO_NAMES = List.of();

    private static final List<List<Object>> FULL = List.of(
            planet("Earth", 12756, 5.97e24, 1, "ROCK", List.of("Terre", "地球")),
            planet("Jupiter", 142984, 1.898e27, 97, "GAS", List.of("Io".repeat(3000))),
            planet("Mars", 6792, 6.42e23, 2, "ROCK", NO_NAMES),
            planet("Mercury", 4879, 3.3e23, 0, "ROCK", NO_NAMES),
            planet("Neptune", 49528, 1.02e26, null, "ICE", NO_NAMES),
            planet("Pluto", 2376, -0.0, null, "ICE", List.of("")),
            planet("Saturn", 120536, 5.68e26, 83, "GAS", NO_NAMES),
            planet("Uranus", 51118, 8.68e25, null, "ICE", NO_NAMES),
            planet("Venus", 12104, 4.87e24, 0, "ROCK", List.of("morning star", "evening star")));

    private final RepositoryStorage storage = new LocalFolderStorage(folder());
    private final Repository repository = SstRouteUnderTest.repository(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aFullVersionIsReadRecordByRecord() {
        Manifest manifest = sound(1, Compression.LZ4);
        assertThat(read(manifest)).isEqualTo(FULL);
        assertThat(manifest.digest()).hasToString("0ad5670176d45f81 of 9 records");
        assertThat(manifest.partitions()).hasSize(2);
        assertThat(manifest.provenance().label()).isEqualTo("nine of them");
        assertThat(manifest.provenance().inputs()).containsExactly(new InputFile("planets.csv", 1000, "f1"));
        assertThat(manifest.provenance().end()).isEqualTo(TIME);
        assertThat(manifest.fields().get(2).nulls()).as("nulls of moons").isEqualTo(3);
    }

    @Test
    void aDeltaIsReadOnItsBase() {
        Manifest manifest = sound(2, Compression.LZ4);
        List<List<Object>> expected = new ArrayList<>(FULL);
        expected.removeIf(
                planet -> planet.get(0).equals("Pluto") || planet.get(0).equals("Saturn"));
        expected.add(5, planet("Planet Nine", 0, Double.POSITIVE_INFINITY, null, "ICE", List.of("nobody has seen it")));
        expected.add(6, planet("Saturn", 120536, 5.68e26, 274, "GAS", NO_NAMES));
        assertThat(read(manifest)).isEqualTo(expected);
        assertThat(manifest.delta())
                .contains(new Delta(1, repository.committed(id(1)).sha256(), 2));
        assertThat(manifest.files())
                .extracting(FileEntry::name)
                .containsExactly(
                        "part-00000-1-0.sst",
                        "part-00000-1-0.deletes.sst",
                        "part-00001-1-0.sst",
                        "part-00001-1-0.deletes.sst");
        BundleReader reader = new BundleReader(VersionFiles.of(repository), manifest);
        KeyCodec keys = KeyCodec.of(manifest.keySchema());
        assertThat(reader.get(keys.encode("Venus"))).isPresent();
        assertThat(reader.get(keys.encode("Pluto"))).isEmpty();
    }

    @Test
    void anUncompressedVersionIsRead() {
        assertThat(read(sound(3, Compression.NONE)))
                .containsExactly(planet("", Long.MIN_VALUE, Double.MIN_VALUE, Integer.MAX_VALUE, "ROCK", NO_NAMES));
    }

    @Test
    void aPartitionOfSeveralFilesIsRead() {
        Manifest manifest = sound(4, Compression.ZSTD);
        List<List<Object>> expected = new ArrayList<>();
        for (String key : List.of("a", "b", "c", "d", "e")) {
            expected.add(planet(key, key.charAt(0), 0, null, "ROCK", List.of(key.repeat(40_000))));
        }
        assertThat(read(manifest)).isEqualTo(expected);
        assertThat(manifest.files())
                .extracting(FileEntry::name)
                .containsExactly("part-00000-1-0.sst", "part-00000-1-0-1.sst", "part-00000-1-0-2.sst");
        assertThat(manifest.policy()).isEqualTo(DuplicatePolicy.LAST);
        assertThat(manifest.duplicates()).isEqualTo(3);
    }

    @Test
    void claimsSessionsAndTheCatalogAreRead() {
        assertThat(repository.versions(PLANETS)).containsExactly(id(1), id(2), id(3), id(4));
        Claim claim = repository.claim(id(2)).orElseThrow();
        assertThat(claim.runId()).hasToString("delta");
        assertThat(claim.partitions()).isEqualTo(2);
        assertThat(claim.base()).isEqualTo(OptionalLong.of(1));
        assertThat(claim.time()).isEqualTo(TIME);
        assertThat(repository.newestSession(id(2))).isEqualTo(1);

        DatasetEntry planets = SstRouteUnderTest.catalog(storage).latest().datasetOrEmpty(PLANETS);
        assertThat(planets.versions().values())
                .extracting(VersionEntry::state)
                .containsExactly(VersionState.RETAINED, VersionState.CURRENT, VersionState.HELD, VersionState.REJECTED);
        assertThat(planets.versions().values())
                .allSatisfy(version -> assertThat(version.manifestSha256())
                        .isEqualTo(repository.committed(id(version.number())).sha256()));
        assertThat(planets.version(3).orElseThrow().reason()).isEqualTo("It is too \"small\".");
        assertThat(planets.settings().get(Setting.RETENTION_VERSIONS)).isEqualTo(5);
        assertThat(planets.settings().get(Setting.COMPRESSION)).isEqualTo(Compression.ZSTD);
    }

    private Manifest sound(long number, Compression compression) {
        BundleVerifier.Report report = new BundleVerifier(VersionFiles.of(repository))
                .verify(id(number), BundleVerifier.Depth.RECORDS, bytes -> {});
        assertThat(report.problems()).isEmpty();
        assertThat(report.manifest().compression()).isEqualTo(compression.label());
        report.manifest()
                .files()
                .forEach(file -> assertThat(blocks(id(number), file))
                        .containsIgnoringCase(compression == Compression.NONE ? "NoCompression" : compression.label()));
        return report.manifest();
    }

    private String blocks(VersionId version, FileEntry file) {
        Path local = storage.localFile(Layout.file(version, file.name())).orElseThrow();
        return SstFileInfo.read(local, 0).compression();
    }

    private List<List<Object>> read(Manifest manifest) {
        KeyCodec keys = KeyCodec.of(manifest.keySchema());
        ValueCodec values = ValueCodec.of(manifest.valueSchema());
        List<List<Object>> rows = new ArrayList<>();
        try (RecordCursor records = new VersionRecords(VersionFiles.of(repository), manifest).open()) {
            while (records.next()) {
                GenericRecord value = (GenericRecord) values.decode(records.copyValue());
                rows.add(Arrays.asList(
                        keys.describe(records.copyKey()),
                        value.get("diameter"),
                        value.get("mass"),
                        value.get("moons"),
                        value.get("kind").toString(),
                        texts((Collection<?>) value.get("names"))));
            }
        }
        return rows;
    }

    private static List<Object> texts(Collection<?> names) {
        return List.copyOf(names.stream().map(Object::toString).toList());
    }

    private static List<Object> planet(
            String name, long diameter, double mass, Integer moons, String kind, List<?> names) {
        return Arrays.asList(name, diameter, mass, moons, kind, names);
    }

    private static VersionId id(long number) {
        return new VersionId(PLANETS, number);
    }

    private static Path folder() {
        try {
            return Path.of(GoldenBundleTest.class.getResource("/golden-1").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
