package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.DatasetName;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Compression;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.StoredFile;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dataset's settings decide how large its files get and how they are compressed; what they hold stays the same. */
class FileShapeTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final int MIB = 1 << 20;

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private SstRouteUnderTest route;

    @BeforeEach
    void open() {
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void aPartitionGoesOnInAnotherFileWhenOneHasReachedItsSize() {
        route.set(DATASET, "file.size", "1m");
        SampleRecords large = incompressible(4000, 1);

        Manifest manifest = publish("full", 2, large);

        for (int partition = 0; partition < 2; partition++) {
            List<FileEntry> files = manifest.filesOf(partition);
            assertThat(files)
                    .extracting(FileEntry::name)
                    .containsExactly(names("part-%05d-1-0%s.sst", partition, files.size()))
                    .hasSizeBetween(2, 4);
            assertThat(files.subList(0, files.size() - 1))
                    .allSatisfy(file -> assertThat(file.bytes()).isBetween((long) MIB, MIB + 200_000L));
            assertFollow(files);
        }
        assertHolds(manifest, large);
        assertThat(sstFiles(manifest.version()))
                .containsExactlyInAnyOrderElementsOf(
                        manifest.files().stream().map(FileEntry::name).toList());
    }

    @Test
    void putsAndDeletesOfADeltaAreSplitTooAndCompacted() {
        route.set(DATASET, "file.size", "1m");
        SampleRecords base = incompressible(12_000, 2);
        route.makeCurrent(commit(publication("base", 1), SampleDelta.none().on(base)));
        SampleDelta changes = longDeletes(base);

        CommittedVersion delta;
        try (PublishSession session = route.publisher()
                .begin(Publication.of(DATASET)
                        .withRunId(new RunId("delta"))
                        .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                        .asDelta())) {
            delta = session.commit(changes.write(session));
        }
        route.makeCurrent(delta);

        List<FileEntry> files = delta.manifest().files();
        List<FileEntry> puts = files.stream().filter(file -> !file.isDeletes()).toList();
        List<FileEntry> deletes = files.stream().filter(FileEntry::isDeletes).toList();
        assertThat(puts).extracting(FileEntry::name).contains("part-00000-1-0.sst", "part-00000-1-0-1.sst");
        assertThat(deletes)
                .extracting(FileEntry::name)
                .contains("part-00000-1-0.deletes.sst", "part-00000-1-0-1.deletes.sst");
        assertFollow(puts);
        assertFollow(deletes);
        SampleRecords result = changes.on(base);
        assertHolds(delta.manifest(), result);

        Manifest compacted = new Compaction(
                        VersionFiles.of(route.repository()),
                        SstRouteUnderTest.catalog(route.storage()),
                        route.publisher())
                .compact(delta.manifest().version(), records -> {})
                .manifest();
        assertThat(compacted.files()).hasSizeGreaterThan(2);
        assertHolds(compacted, result);
    }

    @Test
    void noFileHasItsNameBeforeAllOfItsAttemptAreFinished() {
        route.set(DATASET, "file.size", "1m");
        SampleRecords large = incompressible(2500, 3);
        PublishSession session = route.publisher().begin(publication("run", 1));
        try (PartitionWriter unfinished = session.openPartition(0, 0)) {
            large.records().forEach(unfinished::put);
            assertThat(sstFiles(session.version())).isEmpty();
        }
        PartitionReceipt receipt;
        try (PartitionWriter writer = session.openPartition(0, 1)) {
            large.records().forEach(writer::put);
            receipt = writer.finish();
        }
        try (PartitionWriter zombie = session.openPartition(0, 1)) {
            large.records().forEach(zombie::put);
            assertThatThrownBy(zombie::finish).isInstanceOf(FencedException.class);
        }
        assertThat(sstFiles(session.version())).hasSize(receipt.files().size());
        assertThat(session.holds(receipt)).isTrue();
        assertThat(new LocalFolderStorage(folder).files("")).isEmpty();
        assertThat(folder.resolve(".tmp")).isDirectoryNotContaining("glob:**.sst");
        assertHolds(session.commit(List.of(receipt)).manifest(), large);
    }

    @Test
    void aRetryWithFewerFilesLeavesNoneOfTheOtherAttempt() {
        PublishSession session = route.publisher().begin(publication("run", 1));
        route.set(DATASET, "file.size", "1m");
        PublishSession later = route.publisher().begin(publication("run", 1));
        SampleRecords large = incompressible(2500, 4);
        write(later, 0, large);
        Manifest manifest = session.commit(List.of(write(session, 0, large))).manifest();
        assertThat(sstFiles(session.version())).containsExactly("part-00000-1-0.sst");
        assertHolds(manifest, large);
    }

    @ParameterizedTest
    @EnumSource
    void everyCompressionHoldsTheSameAndTheManifestNamesIt(Compression compression) {
        route.set(DATASET, "compression", compression.label());
        SampleRecords sample = SampleRecords.random(new Random(5), 3000);
        Manifest manifest = publish("run", 2, sample);
        assertThat(manifest.compression())
                .isEqualTo(compression.label())
                .isEqualTo(compression.name().toLowerCase(Locale.ROOT));
        assertThat(manifest.files())
                .allSatisfy(file -> assertThat(blocks(manifest, file)).isEqualTo(rocksDbName(compression)));
        assertHolds(manifest, sample);
    }

    @Test
    void theDefaultIsLz4AndStrongerCompressionMakesSmallerFiles() {
        SampleRecords sample = SampleRecords.random(new Random(6), 5000);
        Map<Compression, Long> bytes = new EnumMap<>(Compression.class);
        for (Compression compression : Compression.values()) {
            route.set(DATASET, "compression", compression.label());
            bytes.put(compression, publish(compression.label(), 1, sample).bytes());
        }
        assertThat(bytes.get(Compression.LZ4)).isLessThan(bytes.get(Compression.NONE));
        assertThat(bytes.get(Compression.ZSTD)).isLessThan(bytes.get(Compression.LZ4));
        Manifest other = SampleBundle.publish(
                route,
                Publication.of("another").withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE),
                sample.records());
        assertThat(other.compression()).isEqualTo("lz4");
    }

    @Test
    void aSettingThatCannotBeIsRefused() {
        for (String size : List.of("0", "1023k", "1025g", "much")) {
            assertThatThrownBy(() -> route.set(DATASET, "file.size", size))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("file.size", "'" + size + "'");
        }
        assertThatThrownBy(() -> route.set(DATASET, "compression", "gzip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("compression", "'gzip'", "none, lz4 or zstd");
    }

    private void assertHolds(Manifest manifest, SampleRecords expected) {
        assertThat(new BundleVerifier(VersionFiles.of(route.repository()))
                        .verify(manifest.version(), BundleVerifier.Depth.RECORDS, read -> {})
                        .problems())
                .isEmpty();
        BundleReader reader = new BundleReader(VersionFiles.of(route.repository()), manifest);
        try (RecordCursor records = new VersionRecords(VersionFiles.of(route.repository()), manifest).open()) {
            int at = 0;
            for (Map.Entry<byte[], byte[]> row : expected.records().entrySet()) {
                assertThat(records.next()).isTrue();
                assertThat(records.copyKey()).isEqualTo(row.getKey());
                assertThat(records.copyValue()).isEqualTo(row.getValue());
                if (at++ % 100 == 0) {
                    assertThat(reader.get(row.getKey()).orElseThrow()).isEqualTo(row.getValue());
                }
            }
            assertThat(records.next()).isFalse();
        }
    }

    private static void assertFollow(List<FileEntry> files) {
        for (int i = 1; i < files.size(); i++) {
            assertThat(files.get(i).leastKey()).isGreaterThan(files.get(i - 1).greatestKey());
        }
    }

    private static String[] names(String pattern, int partition, int count) {
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = String.format(pattern, partition, i == 0 ? "" : "-" + i);
        }
        return names;
    }

    private String blocks(Manifest manifest, FileEntry file) {
        String path = Layout.file(manifest.version(), file.name());
        return SstFileInfo.read(route.storage().localFile(path).orElseThrow(), 1)
                .compression();
    }

    private static String rocksDbName(Compression compression) {
        return switch (compression) {
            case NONE -> "NoCompression";
            case LZ4 -> "LZ4";
            case ZSTD -> "ZSTD";
        };
    }

    private List<String> sstFiles(VersionId version) {
        return route.repository().files(version).stream()
                .map(StoredFile::name)
                .filter(name -> name.endsWith(".sst"))
                .toList();
    }

    private Manifest publish(String runId, int partitions, SampleRecords sample) {
        return SampleBundle.publish(route, publication(runId, partitions), sample.records());
    }

    private CommittedVersion commit(Publication publication, SampleRecords sample) {
        try (PublishSession session = route.publisher().begin(publication)) {
            return session.commit(List.of(write(session, 0, sample)));
        }
    }

    private static PartitionReceipt write(PublishSession session, int attempt, SampleRecords sample) {
        try (PartitionWriter writer = session.openPartition(0, attempt)) {
            sample.records().forEach(writer::put);
            return writer.finish();
        }
    }

    private static Publication publication(String runId, int partitions) {
        return Publication.of(DATASET)
                .withRunId(new RunId(runId))
                .withPartitions(partitions)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE);
    }

    /** About a kilobyte each, half of it in the key. */
    private static SampleRecords incompressible(int count, long seed) {
        Random random = new Random(seed);
        SortedMap<byte[], byte[]> map =
                new TreeMap<>(SampleRecords.none().records().comparator());
        for (int i = 0; i < count; i++) {
            map.put(
                    SampleRecords.key(String.format("%08x", random.nextInt()) + text(random, 300)),
                    SampleRecords.value(i, null, text(random, 600)));
        }
        return new SampleRecords(map);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (33 + random.nextInt(94)));
        }
        return text.toString();
    }

    /** Deletes two of three records and gives the others new values. */
    private static SampleDelta longDeletes(SampleRecords base) {
        SortedMap<byte[], Optional<byte[]>> changes =
                new TreeMap<>(SampleDelta.none().changes().comparator());
        Random random = new Random(7);
        int at = 0;
        for (byte[] key : base.records().keySet()) {
            changes.put(
                    key,
                    at++ % 3 > 0 ? Optional.empty() : Optional.of(SampleRecords.value(at, 0.5, text(random, 600))));
        }
        return new SampleDelta(changes);
    }
}
