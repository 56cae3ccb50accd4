package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import io.slipway.sst.SstVersionPublisher;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that stages deltas: on what it has, or from the beginning. */
class DeltaStagingTest {

    private static final DatasetName DATASET = new DatasetName("samples");

    @TempDir
    private Path temporary;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private TestRepository repository;
    private TestNode node;
    private SampleRecords base;
    private VersionId one;

    @BeforeEach
    void serveABase() {
        System.out.println("seed " + seed);
        repository = new TestRepository(temporary.resolve("repository"));
        node = TestNode.start(repository, temporary.resolve("data"));
        base = SampleRecords.random(random, 200);
        one = publish(Publication.of(DATASET).withPartitions(3), fullOf(base));
        repository.swap(one);
        node.awaitServed(one);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aDeltaReadsAsAFullRebuildAndItsBaseStaysAsItWas() {
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        repository.stage(two);

        assertThat(node.awaitPhase(two, Phase.STAGED).result())
                .hasValue(changes.on(base).digest());
        assertThat(node.served(DATASET.value())).as("visible before the swap").isEqualTo(1);

        repository.swap(two);
        node.awaitServed(two);
        assertReads(2, changes.on(base));
        assertReads(1, base);
    }

    @Test
    void aChainOfDeltasReadsAsAFullRebuildAlsoOnAFreshNodeAndWhenItsBasesAreRetired() {
        SampleRecords records = base;
        VersionId last = one;
        for (int i = 0; i < 4; i++) {
            SampleDelta changes = SampleDelta.random(random, records, 1 + random.nextInt(30));
            records = changes.on(records);
            last = publishDelta(changes);
            repository.swap(last);
            node.awaitServed(last);
            assertReads(last.number(), records);
        }
        for (long number = 1; number < last.number(); number++) {
            repository.force(new VersionId(DATASET, number), VersionState.RETIRED);
        }
        Path data = temporary.resolve("fresh");
        try (TestNode fresh = TestNode.start(repository, data)) {
            fresh.awaitServed(last);
            assertReads(fresh, last.number(), records);
            assertThat(fresh.node().status().staging(last).orElseThrow().result())
                    .hasValue(records.digest());
            assertThat(fresh.get("/v1/datasets/samples?version=1").statusCode()).isEqualTo(410);
            await().untilAsserted(() ->
                    assertThat(data.resolve("datasets/samples/v1")).doesNotExist());
            assertReads(fresh, last.number(), records);
        }
    }

    @Test
    void recordsAreVerifiedWhereThatIsAsked() {
        repository.set(DATASET.value(), "verify", "records");
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        repository.swap(two);
        node.awaitServed(two);
        assertReads(2, changes.on(base));
    }

    @Test
    void theFilesOfTheBaseAreLinkedNotCopied() throws IOException {
        VersionId two = publishDelta(SampleDelta.none()
                .putting(SampleRecords.key("one"), SampleRecords.value(1, null, "new"))
                .deleting(SampleRecords.key("two")));
        repository.swap(two);
        node.awaitServed(two);

        Set<Object> ofBase = fileKeys("v1");
        Set<Object> ofDelta = fileKeys("v2");
        assertThat(ofDelta).containsAll(ofBase);
        assertThat(ofDelta.size() - ofBase.size()).as("new files").isBetween(1, 2);
    }

    @Test
    void aNodeStartsAgainOnADeltaWithoutRepositoryAndBase() throws IOException {
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        repository.swap(two);
        node.awaitServed(two);
        repository.force(one, VersionState.RETIRED);
        await().untilAsserted(() ->
                assertThat(temporary.resolve("data/datasets/samples/v1")).doesNotExist());
        node.close();
        Files.move(repository.folder(), temporary.resolve("moved"));
        node = TestNode.start(repository, temporary.resolve("data"));
        assertThat(node.served(DATASET.value())).isEqualTo(2);
        assertReads(2, changes.on(base));
        Files.move(temporary.resolve("moved"), repository.folder());
    }

    /** Each is what a kill between two steps of a staging leaves. */
    @ParameterizedTest
    @ValueSource(strings = {"linking", "linked", "ingested", "torn marker"})
    void whatAKilledStagingLeftIsDeletedAndStagedAgain(String step) throws IOException {
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        repository.swap(two);
        node.awaitServed(two);
        node.close();
        Path folder = temporary.resolve("data/datasets/samples/v2");
        Path marker = folder.resolve("staged.json");
        switch (step) {
            case "linking" -> {
                Files.delete(marker);
                Files.move(folder.resolve("db-1"), folder.resolve("db-1.tmp"));
                Files.createDirectories(folder.resolve("fetch"));
            }
            case "linked" -> {
                Files.delete(marker);
                ProcessFolder.deleteTree(folder.resolve("db-1"));
                copy(temporary.resolve("data/datasets/samples/v1/db-1"), folder.resolve("db-1"));
            }
            case "ingested" -> Files.delete(marker);
            default -> Files.writeString(marker, Files.readString(marker).substring(0, 40));
        }
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(two);
        assertReads(2, changes.on(base));
        assertReads(1, base);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("db-1", "manifest.json", "staged.json");
        }
    }

    @Test
    void aBaseThatIsNotTheOneThatTheDeltaNamesIsRefused() {
        VersionId two = forged(3, new Delta(1, "0".repeat(64), 0), 0);
        repository.stage(two);
        assertThat(node.awaitPhase(two, Phase.REFUSED).problem())
                .contains("SHA-256 of the base's manifest", "0".repeat(64));
    }

    @Test
    void aBaseWithOtherPartitionsIsRefused() {
        String sha256 = repository.repository().committed(one).sha256();
        VersionId two = forged(2, new Delta(1, sha256, 0), 0);
        repository.stage(two);
        assertThat(node.awaitPhase(two, Phase.REFUSED).problem()).contains("number of partitions", "2", "3");
    }

    @Test
    void aForgedDigestOfChangesIsRefused() {
        String sha256 = repository.repository().committed(one).sha256();
        VersionId two = forged(3, new Delta(1, sha256, 0), 1);
        repository.stage(two);
        assertThat(node.awaitPhase(two, Phase.REFUSED).problem()).contains("digest of partition");
    }

    @Test
    void aResultThatIsNotTheCatalogsIsRefused() {
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        Digest result = changes.on(base).digest();
        repository.stage(two);
        repository.note(two, new Digest(result.sum() + 1, result.records()));
        try (TestNode other = TestNode.start(repository, temporary.resolve("other"))) {
            assertThat(other.awaitPhase(two, Phase.REFUSED).problem())
                    .contains("result on its base", result.hex(), new Digest(result.sum() + 1, 0).hex());
        }
    }

    @Test
    void aDeltaWhoseBaseIsDamagedInTheRepositoryIsRefusedByAFreshNode() throws IOException {
        VersionId two = publishDelta(SampleDelta.random(random, base, 30));
        Path file = repository.firstFile(one);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        repository.force(one, VersionState.RETIRED);
        repository.stage(two);
        try (TestNode fresh = TestNode.start(repository, temporary.resolve("fresh"))) {
            assertThat(fresh.awaitPhase(two, Phase.REFUSED).problem())
                    .contains("Its base", file.getFileName().toString(), "SHA-256");
        }
    }

    @Test
    void damageOfFilesThatADeltaSharesWithItsBaseIsRepaired() throws IOException {
        SampleDelta changes = SampleDelta.random(random, base, 30);
        VersionId two = publishDelta(changes);
        repository.swap(two);
        node.awaitServed(two);
        node.close();
        damage(temporary.resolve("data/datasets/samples/v1"));
        node = TestNode.start(repository, temporary.resolve("data"));
        node.awaitServed(two);
        await().ignoreExceptionsInstanceOf(CorruptDataException.class).untilAsserted(() -> {
            node.node().nudge();
            assertReads(2, changes.on(base));
        });
        assertReads(1, base);
    }

    private VersionId publishDelta(SampleDelta changes) {
        return publish(Publication.of(DATASET).asDeltaOn(lastVersion()), changes);
    }

    private long lastVersion() {
        List<VersionId> versions = repository.repository().versions(DATASET);
        return versions.get(versions.size() - 1).number();
    }

    private VersionId publish(Publication publication, SampleDelta changes) {
        SstVersionPublisher publisher =
                new SstVersionPublisher(repository.repository(), repository.catalogs(), InstantSource.system(), "test");
        try (PublishSession session =
                publisher.begin(publication.withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE))) {
            return session.commit(changes.write(session)).manifest().version();
        }
    }

    private static SampleDelta fullOf(SampleRecords records) {
        SampleDelta all = SampleDelta.none();
        for (var record : records.records().entrySet()) {
            all = all.putting(record.getKey(), record.getValue());
        }
        return all;
    }

    /** A delta whose manifest is made up: it agrees with itself. */
    private VersionId forged(int partitions, Delta delta, long wrongBy) {
        return repository.publish(
                DATASET.value(),
                SampleRecords.TEXT_KEY,
                SampleRecords.VALUE,
                Map.of("a", base.values().get(0)),
                partitions,
                manifest -> forge(manifest, delta, wrongBy));
    }

    private static Manifest forge(Manifest manifest, Delta delta, long wrongBy) {
        Digest digest =
                new Digest(manifest.digest().sum() + wrongBy, manifest.digest().records());
        return new Manifest(
                manifest.version(),
                manifest.route(),
                manifest.runId(),
                manifest.keySchema(),
                manifest.valueSchema(),
                Optional.of(delta),
                Optional.empty(),
                manifest.routingFields(),
                manifest.files(),
                manifest.partitions().stream()
                        .map(partition -> partition.digest().records() == 0
                                ? partition
                                : new PartitionEntry(partition.partition(), digest))
                        .toList(),
                digest,
                manifest.bytes(),
                manifest.policy(),
                manifest.duplicates(),
                manifest.fields(),
                manifest.compression(),
                manifest.provenance());
    }

    private void assertReads(long version, SampleRecords records) {
        assertReads(node, version, records);
    }

    /** Also looks up keys that are not there, among them those that the base had. */
    private void assertReads(TestNode reader, long version, SampleRecords records) {
        try (Snapshot shown = reader.node().snapshots().pin()) {
            OpenVersion open = shown.dataset(DATASET.value())
                    .flatMap(dataset -> Optional.ofNullable(dataset.readable().get(version)))
                    .orElseThrow();
            assertThat(open.content().digest()).as("seed %d", seed).isEqualTo(records.digest());
            SampleRecords others = SampleRecords.random(new Random(seed), 100);
            for (SampleRecords keys : List.of(records, base, others)) {
                keys.records()
                        .keySet()
                        .forEach(key -> assertThat(hex(open.find(partition(open, key), key)))
                                .as(
                                        "key %s in version %d, seed %d",
                                        HexFormat.of().formatHex(key), version, seed)
                                .isEqualTo(hex(
                                        Optional.ofNullable(records.records().get(key)))));
            }
        }
    }

    private static Optional<String> hex(Optional<byte[]> bytes) {
        return bytes.map(HexFormat.of()::formatHex);
    }

    private static int partition(OpenVersion open, byte[] key) {
        return open.manifest().partitioner().partition(key);
    }

    /** What the operating system calls the files by, whatever their names. */
    private Set<Object> fileKeys(String version) throws IOException {
        Set<Object> keys = new HashSet<>();
        for (Path file : tables(temporary.resolve("data/datasets/samples").resolve(version))) {
            keys.add(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        }
        return keys;
    }

    private static void damage(Path folder) throws IOException {
        for (Path file : tables(folder)) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[100] ^= 1;
            Files.write(file, bytes);
        }
    }

    private static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".sst")).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
