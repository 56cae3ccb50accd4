package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Publication;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.DiffModel.Side;
import io.slipway.sst.diff.DiffSettings;
import io.slipway.sst.diff.DiffSettings.Reading;
import io.slipway.sst.diff.VersionDiff;
import io.slipway.sst.diff.VersionDiffer;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionDifferTest {

    private static final int[] PARTITIONS = {1, 2, 3, 4, 6, 8};
    private static final int[] RECORDS = {0, 1, 40, 300};
    private static final double[] SHARES = {0, 0.01, 0.3, 1};

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private SstRouteUnderTest route;
    private VersionDiffer differ;
    private int datasets;
    private int runs;

    @BeforeEach
    void open() {
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
        differ = new VersionDiffer(VersionFiles.of(route.repository()), threads);
    }

    @AfterEach
    void close() {
        route.close();
        threads.shutdown();
    }

    @Test
    void whatDiffersIsWhatAModelSaysForAnyTwoVersions() {
        long seed = System.nanoTime();
        System.out.println("VersionDifferTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            datasets++; // A claim looks at all versions that there are.
            Side older = Side.random(random, pick(random, RECORDS), pick(random, DiffModel.SCHEMAS));
            Schema schema = random.nextBoolean() ? older.schema() : pick(random, DiffModel.SCHEMAS);
            Side newer = older.changed(random, share(random), share(random), share(random), schema);
            if (random.nextInt(10) == 0) {
                newer = Side.random(random, pick(random, RECORDS), schema);
            }
            int partitions = pick(random, PARTITIONS);
            Manifest left = publish(older, partitions);
            Manifest right = publish(newer, random.nextBoolean() ? partitions : pick(random, PARTITIONS));
            check(older, newer, left, right, "pair " + i + " of seed " + seed);
        }
    }

    private void check(Side older, Side newer, Manifest left, Manifest right, String which) {
        List<String> changes = DiffModel.changes(older, newer);
        for (Reading reading : Reading.values()) {
            DiffSettings settings = DiffSettings.DEFAULT.withExamples(3).withReading(reading);
            AtomicLong read = new AtomicLong();
            VersionDiff diff = differ.compare(left, right, settings, read::addAndGet);
            assertThat(diff).as(which).isEqualTo(DiffModel.diff(older, newer, diff));
            assertThat(diff.examples().stream().map(DiffModel::text))
                    .as(which)
                    .containsExactlyElementsOf(DiffModel.examples(changes, 3));
            assertThat(read).as(which).hasValue(VersionDiffer.recordsToRead(route.repository(), left, right, settings));

            List<String> shown = new ArrayList<>();
            VersionDiff listed =
                    differ.list(left, right, settings, records -> {}, change -> shown.add(DiffModel.text(change)));
            assertThat(listed).as(which).isEqualTo(DiffModel.diff(older, newer, listed));
            assertThat(shown).as(which).isEqualTo(changes);
        }
    }

    @Test
    void partitionsOfEqualDigestAreReadOnlyWhereAsked() throws IOException {
        Side older = Side.random(new Random(1), 300, DiffModel.SCHEMAS.get(0));
        Side newer = new Side(new TreeMap<>(older.records()), older.schema());
        String key = newer.records().firstKey();
        newer.records().remove(key);
        Manifest left = publish(older, 8);
        Manifest right = publish(newer, 8);
        int touched = left.partitioner().partition(SampleRecords.key(key));
        Files.delete(file(left, (touched + 1) % 8));

        VersionDiff diff = differ.compare(left, right, DiffSettings.DEFAULT, read -> {});
        assertThat(diff.removed()).isEqualTo(1);
        assertThat(diff.unchanged()).isEqualTo(299);
        assertThat(diff.partitionsRead()).isEqualTo(1);
        assertThatThrownBy(() -> differ.compare(left, right, DiffSettings.DEFAULT.withReading(Reading.ALL), read -> {}))
                .isInstanceOf(CorruptDataException.class);
    }

    @Test
    void aDamagedFileIsNamedAndThereIsNoResult() throws IOException {
        Side older = Side.random(new Random(2), 3000, DiffModel.SCHEMAS.get(1));
        Side newer = older.changed(new Random(3), 0.1, 0.1, 0.1, older.schema());
        Manifest left = publish(older, 4);
        Manifest right = publish(newer, 4);
        for (Manifest damaged : List.of(left, right)) {
            for (int partition = 0; partition < 4; partition++) {
                byte[] content = Files.readAllBytes(file(damaged, partition));
                byte[] bad = content.clone();
                bad[1000] ^= 1;
                Files.write(file(damaged, partition), bad);
                String name = damaged.filesOf(partition).get(0).name();
                assertThatThrownBy(() -> differ.compare(left, right, DiffSettings.DEFAULT, read -> {}))
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining(Layout.file(damaged.version(), name));
                Files.write(file(damaged, partition), content);
            }
        }
    }

    @Test
    void whatTheProgressThrowsEndsTheComparison() {
        Side older = Side.random(new Random(4), 300, DiffModel.SCHEMAS.get(0));
        Manifest left = publish(older, 8);
        Manifest right = publish(older.changed(new Random(5), 0.5, 0.5, 0.5, older.schema()), 8);
        assertThatThrownBy(() -> differ.compare(left, right, DiffSettings.DEFAULT, read -> {
                    throw new UnavailableException("enough");
                }))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("enough");
    }

    @Test
    void versionsThatRouteByOtherFieldsAreComparedAsAWhole() {
        SampleRecords before = SampleRecords.randomWithRecordKeys(new Random(6), 500);
        byte[] key = before.records().firstKey();
        SampleRecords after = before.with(key, SampleRecords.value(7, null, "another"));
        Manifest left = publish(recordKeys(), before.records());
        route.set(new DatasetName("d0"), "routing.fields", "1");
        Manifest right = publish(recordKeys(), after.records());
        assertThat(right.routingFields()).isNotEqualTo(left.routingFields());

        VersionDiff diff = differ.compare(left, right, DiffSettings.DEFAULT, read -> {});
        assertThat(diff.changed()).isEqualTo(1);
        assertThat(diff.unchanged()).isEqualTo(499);
    }

    @Test
    void valuesThatAreNotRecordsHaveOneFieldAndRecordsHaveNoneOfIt() {
        Schema text = Schema.create(Schema.Type.STRING);
        Side older = Side.random(new Random(7), 10, DiffModel.SCHEMAS.get(5));
        Manifest left = publish(older, 2);
        Manifest right = publish(publication(2).withSchemas(SampleRecords.TEXT_KEY, text), older.encoded());
        VersionDiff diff = differ.compare(left, right, DiffSettings.DEFAULT, read -> {});
        assertThat(diff.changed()).as("equal bytes mean another thing").isEqualTo(10);
        assertThat(diff.fields().toString()).contains("field=value, presence=ADDED", "field=extra, presence=REMOVED");
    }

    @Test
    void keysOfOtherTypesAreRefused() {
        Manifest left = publish(Side.random(new Random(8), 10, DiffModel.SCHEMAS.get(0)), 1);
        Manifest right = publish(
                recordKeys(),
                SampleRecords.randomWithRecordKeys(new Random(9), 10).records());
        assertThatThrownBy(() -> differ.compare(left, right, DiffSettings.DEFAULT, read -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[string]")
                .hasMessageContaining("[origin: string, day: long]");
    }

    private Manifest publish(Side side, int partitions) {
        return publish(publication(partitions).withSchemas(SampleRecords.TEXT_KEY, side.schema()), side.encoded());
    }

    private Manifest publish(Publication publication, SortedMap<byte[], byte[]> records) {
        return SampleBundle.publish(route, publication, records);
    }

    private Publication recordKeys() {
        return publication(3).withSchemas(SampleRecords.RECORD_KEY, SampleRecords.VALUE);
    }

    private Publication publication(int partitions) {
        return Publication.of("d" + datasets)
                .withRunId(new RunId("run-" + runs++))
                .withPartitions(partitions);
    }

    private Path file(Manifest manifest, int partition) {
        String name = manifest.filesOf(partition).get(0).name();
        return folder.resolve(Layout.file(manifest.version(), name));
    }

    private static int pick(Random random, int[] from) {
        return from[random.nextInt(from.length)];
    }

    private static Schema pick(Random random, List<Schema> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static double share(Random random) {
        return SHARES[random.nextInt(SHARES.length)];
    }
}
