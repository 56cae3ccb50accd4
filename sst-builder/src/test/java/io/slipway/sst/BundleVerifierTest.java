package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.json.SealedJson;
import io.slipway.model.manifest.ManifestJson;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.InMemoryStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVerifierTest {

    private static final int PARTITIONS = 3;
    private static final int RECORDS = 3000;

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private SstRouteUnderTest route;
    private SampleBundle bundle;

    @BeforeEach
    void publish() {
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
        bundle = SampleBundle.publish(route, "run-1", PARTITIONS, RECORDS);
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void aVersionAsItWasPublishedIsSoundAtEveryDepth() {
        for (BundleVerifier.Depth depth : BundleVerifier.Depth.values()) {
            AtomicLong bytes = new AtomicLong();
            BundleVerifier.Report report = new BundleVerifier(VersionFiles.of(route.repository()))
                    .verify(bundle.version(), depth, bytes::addAndGet);
            assertThat(report.problems()).isEmpty();
            assertThat(report.isSound()).isTrue();
            assertThat(report.manifest()).isEqualTo(bundle.manifest());
            assertThat(bytes.get()).isEqualTo(bundle.manifest().bytes());
        }
    }

    @Test
    void aVersionOnAStorageWithoutLocalFilesIsVerifiedToo() {
        try (SstRouteUnderTest memory =
                new SstRouteUnderTest(new InMemoryStorage(InstantSource.system(), folder.resolve("temporary")))) {
            SampleBundle other = SampleBundle.publish(memory, "run-1", PARTITIONS, RECORDS);
            assertThat(new BundleVerifier(VersionFiles.of(memory.repository()))
                            .verify(other.version(), BundleVerifier.Depth.RECORDS, read -> {})
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void aFlippedBitAnywhereIsFound() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            int partition = random.nextInt(PARTITIONS);
            byte[] content = Files.readAllBytes(bundle.file(partition));
            int bit = random.nextInt(8 * content.length);
            byte[] damaged = content.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(bundle.file(partition), damaged);
            assertThat(problems())
                    .as("bit %d of partition %d, seed 3", bit, partition)
                    .anySatisfy(problem -> assertThat(problem)
                            .contains(
                                    path(partition),
                                    "SHA-256 " + bundle.entry(partition).sha256()));
            Files.write(bundle.file(partition), content);
        }
        assertThat(problems()).isEmpty();
    }

    @Test
    void aTruncatedFileIsFound() throws IOException {
        byte[] content = Files.readAllBytes(bundle.file(1));
        for (int length : List.of(0, 1, 53, 4096, content.length / 2, content.length - 1)) {
            Files.write(bundle.file(1), Arrays.copyOf(content, length));
            assertThat(problems())
                    .anySatisfy(problem -> assertThat(problem)
                            .contains(
                                    path(1),
                                    "(size)",
                                    "expected " + content.length + " bytes",
                                    "found " + length + " bytes"));
        }
    }

    @Test
    void aMissingFileIsFound() throws IOException {
        Files.delete(bundle.file(2));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains(bundle.entry(2).name());
    }

    @Test
    void filesThatChangedPlacesAreFound() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(bundle.file(0), aside);
        Files.move(bundle.file(1), bundle.file(0));
        Files.move(aside, bundle.file(1));
        assertThat(problems()).anyMatch(problem -> problem.contains(path(0)));
        assertThat(problems()).anyMatch(problem -> problem.contains(path(1)));
    }

    @Test
    void aFileOfAnotherVersionIsFound() throws IOException {
        SampleBundle other = SampleBundle.publish(route, "run-2", PARTITIONS, RECORDS);
        Files.copy(other.file(0), bundle.file(0), StandardCopyOption.REPLACE_EXISTING);
        assertThat(problems()).anyMatch(problem -> problem.contains(path(0)) && problem.contains("SHA-256"));
    }

    @Test
    void allThatIsWrongIsReported() throws IOException {
        Files.delete(bundle.file(0));
        Files.write(bundle.file(2), new byte[10]);
        assertThat(problems())
                .anyMatch(problem -> problem.contains(bundle.entry(0).name()));
        assertThat(problems())
                .anyMatch(problem -> problem.contains(bundle.entry(2).name()));
    }

    @Test
    void aForgedDigestIsFoundByTheRecordsAlone() throws IOException {
        ObjectNode json = SealedJson.object();
        ManifestJson.write(bundle.withForgedDigest(1), json);
        Files.write(manifestFile(), SealedJson.seal(1, json.put("writeId", "forger")));
        assertThat(problems(BundleVerifier.Depth.FILES)).isEmpty();
        assertThat(problems(BundleVerifier.Depth.RECORDS))
                .singleElement()
                .asString()
                .contains(
                        "Partition 1 of version 1 of route-delays",
                        "expected",
                        bundle.manifest().partitions().get(1).digest().toString());
    }

    @Test
    void aDamagedManifestIsNamed() throws IOException {
        byte[] content = Files.readAllBytes(manifestFile());
        content[content.length / 2] ^= 1;
        Files.write(manifestFile(), content);
        assertThatThrownBy(this::problems)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("datasets/route-delays/v1/manifest.json");
    }

    @Test
    void aVersionThatIsNotCommittedIsNotFound() {
        VersionId none = new VersionId(bundle.version().dataset(), 9);
        assertThatThrownBy(() -> new BundleVerifier(VersionFiles.of(route.repository()))
                        .verify(none, BundleVerifier.Depth.FILES, bytes -> {}))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("version 9 of route-delays");
    }

    @Test
    void everyKeyIsFoundByTheReaderAndNoOther() {
        BundleReader reader = new BundleReader(VersionFiles.of(route.repository()), bundle.manifest());
        SampleRecords sample = SampleRecords.random(new Random("run-1".hashCode()), RECORDS);
        int looked = 0;
        for (var row : sample.records().entrySet()) {
            if (looked++ % 10 == 0) {
                assertThat(reader.get(row.getKey()))
                        .as(HexFormat.of().formatHex(row.getKey()))
                        .hasValueSatisfying(value -> assertThat(value).isEqualTo(row.getValue()));
                byte[] absent = Arrays.copyOf(row.getKey(), row.getKey().length + 9);
                assertThat(reader.get(absent)).isEmpty();
            }
        }
        assertThat(reader.get(SampleRecords.key("\uFFFD"))).isEmpty();
    }

    private Path manifestFile() {
        return route.storage()
                .localFile(Layout.file(bundle.version(), Layout.MANIFEST))
                .orElseThrow();
    }

    private String path(int partition) {
        return Layout.file(bundle.version(), bundle.entry(partition).name());
    }

    private List<String> problems() {
        return problems(BundleVerifier.Depth.FILES);
    }

    private List<String> problems(BundleVerifier.Depth depth) {
        return new BundleVerifier(VersionFiles.of(route.repository()))
                .verify(bundle.version(), depth, bytes -> {})
                .problems();
    }
}
