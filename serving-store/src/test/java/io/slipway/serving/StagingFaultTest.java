package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a bundle, it is found before a reader sees it, and the version before keeps serving. */
class StagingFaultTest {

    private static final Map<String, String> RECORDS =
            Map.of("LAX", "Elsewhere", "SFO", "San Francisco", "JFK", "New York", "BOS", "Boston");

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private TestNode node;
    private VersionId good;

    @BeforeEach
    void serveAGoodVersion() {
        repository = new TestRepository(temporary.resolve("repository"));
        good = repository.publish("airports", Map.of("LAX", "Los Angeles"));
        repository.swap(good);
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(good);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anyFlippedBitIsRefused() throws IOException {
        VersionId bad = publish();
        Path file = repository.firstFile(bad);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 4;
        overwrite(file, bytes);
        assertRefused(bad, file.getFileName().toString(), "SHA-256", "offset");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        VersionId bad = publish();
        Path file = repository.firstFile(bad);
        byte[] bytes = Files.readAllBytes(file);
        overwrite(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(bad, file.getFileName().toString(), bytes.length + " bytes", (bytes.length - 1) + " bytes");
    }

    @Test
    void aLongerFileIsRefused() throws IOException {
        VersionId bad = publish();
        Path file = repository.firstFile(bad);
        byte[] bytes = Files.readAllBytes(file);
        overwrite(file, java.util.Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(bad, file.getFileName().toString(), bytes.length + " bytes", "more");
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        VersionId bad = publish();
        Path file = repository.firstFile(bad);
        Files.delete(file);
        assertRefused(bad, file.getFileName().toString(), "no file");
    }

    @Test
    void aFileOfAnotherVersionIsRefused() throws IOException {
        VersionId bad = publish();
        Path file = repository.firstFile(bad);
        overwrite(file, Files.readAllBytes(repository.firstFile(good)));
        assertRefused(bad, file.getFileName().toString(), "bytes");
    }

    @Test
    void whatDoesNotFitOnTheDiskIsNotStagedAndTheStatusSaysWhatIsMissing() {
        node.close();
        node = TestNode.start(
                repository, TestNode.settings(temporary.resolve("data")).withStagingLimits(0, Long.MAX_VALUE));
        node.awaitServed(good);
        VersionId large = publish();
        repository.stage(large);
        Staging staging = node.awaitPhase(large, Phase.FAILING);
        assertThat(staging.problem())
                .contains(
                        "version 2 of airports needs", "bytes on the node's disk", "left", "other versions", "retire");
        assertThat(node.served("airports")).isEqualTo(1);
    }

    @Test
    void aMissingManifestIsRefused() throws IOException {
        VersionId bad = publish();
        String sha256 = repository.repository().committed(bad).sha256();
        Files.delete(repository.file(bad, Layout.MANIFEST));
        repository.stage(bad, sha256);
        assertRefused(bad, Layout.MANIFEST, sha256, "no file");
    }

    @Test
    void aManifestOfAnotherDatasetIsRefused() throws IOException {
        VersionId other = repository.publish("cities", Map.of("LAX", "elsewhere"));
        VersionId bad = publish();
        overwrite(repository.file(bad, Layout.MANIFEST), Files.readAllBytes(repository.file(other, Layout.MANIFEST)));
        repository.stage(bad, repository.repository().committed(other).sha256());
        assertRefused(bad, Layout.MANIFEST, "version 2 of airports", "version 1 of cities");
    }

    @Test
    void aManifestThatIsNotTheCatalogsIsRefused() {
        VersionId bad = publish();
        repository.stage(bad, "0".repeat(64));
        assertRefused(bad, Layout.MANIFEST, "0".repeat(64), "as the catalog has it");
    }

    @Test
    void forgedCountsAreRefused() {
        VersionId bad = publish(manifest -> forge(manifest, 1));
        assertRefused(bad, "record count", "part-");
    }

    @Test
    void aForgedDigestIsRefusedWhereRecordsAreVerified() {
        repository.set("airports", "verify", "records");
        VersionId bad = publish(manifest -> forge(manifest, 0));
        assertRefused(bad, "digest of partition 0");
    }

    @Test
    void recordsAreVerifiedWhereThatIsAsked() {
        repository.set("airports", "verify", "records");
        VersionId version = publish();
        repository.stage(version);
        assertThat(node.awaitPhase(version, Phase.STAGED).bytesDone()).isPositive();
        assertThat(node.served("airports")).isEqualTo(1);
        repository.swap(version);
        node.awaitServed(version);
    }

    @Test
    void aGroupChangesTogetherOrNotAtAll() throws IOException {
        VersionId cities = repository.publish("cities", Map.of("LA", "old"));
        repository.swap(cities);
        node.awaitServed(cities);
        long before = node.node().status().catalogSequence();
        VersionId bad = publish();
        VersionId fine = repository.publish("cities", Map.of("LA", "new"));
        Path file = repository.firstFile(bad);
        byte[] bytes = Files.readAllBytes(file);
        overwrite(file, new byte[bytes.length]);
        repository.swap(bad, fine);
        VersionId alone = repository.publish("alone", Map.of("a", "b"));
        repository.swap(alone);
        node.awaitPhase(bad, Phase.REFUSED);
        node.awaitPhase(fine, Phase.STAGED);
        node.awaitServed(alone);
        assertThat(node.served("cities")).isEqualTo(1);
        assertThat(node.served("airports")).isEqualTo(1);
        assertThat(node.node().status().catalogSequence()).isEqualTo(before);
    }

    @Test
    void aRepositoryThatIsAwayIsNoReasonToRefuse() throws IOException {
        VersionId next = publish();
        repository.stage(next, "0".repeat(64));
        node.awaitPhase(next, Phase.REFUSED);
        Files.move(repository.folder(), temporary.resolve("moved"));
        node.node().nudge();
        assertThat(node.get("/v1/datasets/airports/records/LAX").body()).isEqualTo("\"Los Angeles\"");
        Files.move(temporary.resolve("moved"), repository.folder());
        VersionId later = publish();
        repository.swap(later);
        node.awaitServed(later);
    }

    @Test
    void storageThatCannotBeReadIsTriedAgain() throws IOException {
        VersionId next = publish();
        Path file = repository.firstFile(next);
        Path aside = temporary.resolve("aside");
        Files.move(file, aside);
        Files.createDirectory(file); // Opens, and cannot be read.
        repository.stage(next);
        Staging failing = node.awaitPhase(next, Phase.FAILING);
        assertThat(failing.problem()).contains(file.getFileName().toString(), "tried again");
        assertNothingHalfDone(next);
        Files.delete(file);
        Files.move(aside, file);
        node.awaitPhase(next, Phase.STAGED);
    }

    @Test
    void whatWasFetchedOfAVersionThatNobodyWantsAnyMoreIsDeleted() throws IOException {
        node.close();
        node = TestNode.start(repository, node.settings().withFilesAtATime(1));
        for (boolean isRestarted : new boolean[] {false, true}) {
            VersionId next = repository.publish("airports", RECORDS);
            Manifest manifest = repository.repository().committed(next).manifest();
            Path second = repository.file(next, manifest.files().get(1).name());
            Files.delete(second);
            Files.createDirectory(second); // Opens, and cannot be read.
            repository.stage(next);
            node.awaitPhase(next, Phase.FAILING);
            Path folder = node.settings().dataFolder().resolve("datasets/airports/v" + next.number());
            assertThat(folder.resolve("fetch/" + manifest.files().get(0).name()))
                    .isRegularFile();
            if (isRestarted) {
                node.close();
            }
            repository.force(next, VersionState.REJECTED);
            if (isRestarted) {
                assertThat(folder).exists();
                node = TestNode.start(repository, node.settings());
                node.awaitServed(good);
            }
            node.node().nudge();
            await().untilAsserted(() -> assertThat(folder).doesNotExist());
        }
    }

    @Test
    void damageOfTheNodesCopyIsRepaired() throws IOException {
        Map<String, String> records = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            records.put("key-" + i, "value-" + i + "x".repeat(100));
        }
        VersionId version = repository.publish("big", records);
        repository.swap(version);
        node.awaitServed(version);
        damageCopies(node.settings().dataFolder().resolve("datasets/big/v1"));
        List<Integer> statuses = new ArrayList<>();
        await().pollInterval(java.time.Duration.ofMillis(5)).until(() -> {
            node.node().nudge();
            int failed = 0;
            for (int i = 0; i < 2000; i += 50) {
                int status = node.get("/v1/datasets/big/records/key-" + i).statusCode();
                statuses.add(status);
                failed += status == 200 ? 0 : 1;
            }
            return failed == 0 && statuses.contains(503);
        });
        assertThat(statuses).containsOnly(200, 503);
        assertThat(node.get("/v1/datasets/big/records/key-7").body()).contains("value-7x");
    }

    private static void damageCopies(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length * 9 / 10; i += 1000) {
                    bytes[i] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
    }

    private VersionId publish() {
        return publish(UnaryOperator.identity());
    }

    private VersionId publish(UnaryOperator<Manifest> forge) {
        return repository.publish(
                "airports",
                TestRepository.STRING,
                TestRepository.STRING,
                Map.of("LAX", "Elsewhere", "SFO", "San Francisco", "JFK", "New York"),
                1,
                forge);
    }

    /** A manifest that agrees with itself and not with its file: other counts, or another digest. */
    private static Manifest forge(Manifest manifest, long moreRecords) {
        FileEntry file = manifest.files().get(0);
        Digest digest =
                new Digest(manifest.digest().sum() + 1, manifest.digest().records() + moreRecords);
        return new Manifest(
                manifest.version(),
                manifest.route(),
                manifest.runId(),
                manifest.keySchema(),
                manifest.valueSchema(),
                Optional.empty(),
                Optional.empty(),
                manifest.routingFields(),
                List.of(new FileEntry(
                        file.name(),
                        file.partition(),
                        file.bytes(),
                        digest.records(),
                        file.sha256(),
                        file.leastKey(),
                        file.greatestKey())),
                List.of(new PartitionEntry(0, digest)),
                digest,
                manifest.bytes(),
                manifest.policy(),
                manifest.duplicates(),
                manifest.fields(),
                manifest.compression(),
                manifest.provenance());
    }

    private void assertRefused(VersionId bad, String... words) {
        if (repository
                .catalogs()
                .latest()
                .datasetOrEmpty(bad.dataset())
                .version(bad.number())
                .isEmpty()) {
            repository.stage(bad);
        }
        node.node().nudge();
        Staging refused = node.awaitPhase(bad, Phase.REFUSED);
        assertThat(refused.problem()).contains("expected", "found").contains(words);
        assertNothingHalfDone(bad);
        repository.swap(bad); // Whatever a controller does, readers never see it.
        long sequence = repository.catalogs().latest().sequence();
        await().until(() -> node.node().readiness().datasets().get("airports").current() == 2);
        assertThat(node.get("/v1/datasets/airports/records/LAX").body()).isEqualTo("\"Los Angeles\"");
        assertThat(node.served("airports")).isEqualTo(1);
        assertThat(node.node().status().catalogSequence()).isLessThan(sequence);
    }

    private void assertNothingHalfDone(VersionId version) {
        Path folder = node.settings().dataFolder().resolve("datasets/airports/v" + version.number());
        await().untilAsserted(() -> assertThat(folder).doesNotExist());
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }
}
