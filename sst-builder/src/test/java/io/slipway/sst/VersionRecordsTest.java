package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.InMemoryStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.Row;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionRecordsTest {

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
    void allRecordsComeInTheOrderOfTheirKeysWhateverThePartitions() {
        List<Row> expected =
                SampleRecords.random(new Random("run-1".hashCode()), RECORDS).rows();
        assertThat(read(route.repository(), bundle.manifest(), List.of(0, 1, 2)))
                .isEqualTo(expected);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(read(route.repository(), bundle.manifest(), List.of(partition)))
                    .isSorted()
                    .hasSize((int) bundle.entry(partition).records());
        }
    }

    @Test
    void noPartitionsHaveNoRecords() {
        assertThat(read(route.repository(), bundle.manifest(), List.of())).isEmpty();
    }

    @Test
    void anEmptyVersionHasNoRecords() {
        SampleBundle empty = SampleBundle.publish(route, "run-2", PARTITIONS, 0);
        assertThat(read(route.repository(), empty.manifest(), List.of(0, 1, 2))).isEmpty();
    }

    @Test
    void aVersionOnAStorageWithoutLocalFilesIsReadToo() {
        try (SstRouteUnderTest memory =
                new SstRouteUnderTest(new InMemoryStorage(InstantSource.system(), folder.resolve("temporary")))) {
            SampleBundle other = SampleBundle.publish(memory, "run-1", PARTITIONS, RECORDS);
            assertThat(read(memory.repository(), other.manifest(), List.of(0, 1, 2)))
                    .isEqualTo(read(route.repository(), bundle.manifest(), List.of(0, 1, 2)));
        }
    }

    /** Nothing reads the filter and the properties, so that a flipped bit there changes no record. */
    @Test
    void aFlippedBitNeverChangesARecordAndIsBlamedOnItsFile() throws IOException {
        List<Row> expected = read(route.repository(), bundle.manifest(), List.of(0, 1, 2));
        Random random = new Random(5);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            int partition = random.nextInt(PARTITIONS);
            byte[] content = Files.readAllBytes(bundle.file(partition));
            int bit = random.nextInt(8 * content.length);
            byte[] damaged = content.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(bundle.file(partition), damaged);
            try {
                assertThat(read(route.repository(), bundle.manifest(), List.of(0, 1, 2)))
                        .as("bit %d of partition %d, seed 5", bit, partition)
                        .isEqualTo(expected);
            } catch (CorruptDataException e) {
                found++;
                assertThat(e).hasMessageContaining(path(partition));
            }
            Files.write(bundle.file(partition), content);
        }
        assertThat(found).isGreaterThan(150);
    }

    @Test
    void aTruncatedFileIsNamed() throws IOException {
        byte[] content = Files.readAllBytes(bundle.file(1));
        Files.write(bundle.file(1), Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> read(route.repository(), bundle.manifest(), List.of(1)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path(1))
                .hasMessageContaining("expected " + content.length + " bytes");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(bundle.file(2));
        assertThatThrownBy(() -> read(route.repository(), bundle.manifest(), List.of(0, 1, 2)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path(2))
                .hasMessageContaining("no file");
    }

    @Test
    void aFileOfOtherRecordsThanTheManifestSaysIsFoundByTheDigest() {
        assertThatThrownBy(() -> read(route.repository(), bundle.withForgedDigest(1), List.of(1)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path(1))
                .hasMessageContaining(
                        bundle.manifest().partitions().get(1).digest().toString());
    }

    private String path(int partition) {
        return Layout.file(bundle.version(), bundle.entry(partition).name());
    }

    private static List<Row> read(Repository repository, Manifest manifest, Collection<Integer> partitions) {
        List<Row> rows = new ArrayList<>();
        try (RecordCursor cursor = new VersionRecords(VersionFiles.of(repository), manifest).open(partitions)) {
            while (cursor.next()) {
                rows.add(Row.of(cursor.copyKey(), cursor.copyValue()));
            }
        }
        return rows;
    }
}
