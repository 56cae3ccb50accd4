package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.BundleVerifier.Depth;
import io.slipway.sst.diff.DiffSettings;
import io.slipway.sst.diff.VersionDiff;
import io.slipway.sst.diff.VersionDiffer;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.Row;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas where they lie in a repository: read, looked up in, compared and verified. */
class DeltaBundleTest {

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private final long seed = System.nanoTime();
    private SstRouteUnderTest route;
    private SampleChain chain;

    @BeforeEach
    void open() {
        System.out.println("DeltaBundleTest seed " + seed);
        route = new SstRouteUnderTest(new LocalFolderStorage(folder));
        chain = new SampleChain(route, "route-delays", new Random(seed), 500);
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void theRecordsOfAChainAreThoseOfAModelInOrder() {
        for (int i = 0; i < 5; i++) {
            chain.add(40);
            assertThat(read(chain.manifest()))
                    .as("after delta %d, seed %d", i, seed)
                    .isEqualTo(chain.records().rows());
        }
    }

    @Test
    void aDeltaThatDeletesEverythingLeavesNothing() {
        SampleDelta all = SampleDelta.none();
        for (byte[] key : chain.records().records().keySet()) {
            all = all.deleting(key);
        }
        chain.add(all);
        assertThat(read(chain.manifest())).isEmpty();
        chain.add(20);
        assertThat(read(chain.manifest())).isEqualTo(chain.records().rows());
    }

    @Test
    void everyKeyIsFoundAsTheNewestChangeSays() {
        SampleRecords first = chain.records();
        chain.add(40).add(40).add(40);
        BundleReader reader = new BundleReader(VersionFiles.of(route.repository()), chain.manifest());
        for (SampleRecords keys : List.of(first, chain.base(), chain.records())) {
            for (byte[] key : keys.records().keySet()) {
                assertThat(reader.get(key).map(HexFormat.of()::formatHex))
                        .as("key %s, seed %d", HexFormat.of().formatHex(key), seed)
                        .isEqualTo(Optional.ofNullable(chain.records().records().get(key))
                                .map(HexFormat.of()::formatHex));
            }
        }
    }

    @Test
    void aDeltaIsComparedWithItsBaseByWhatItMakesOfIt() {
        Manifest older = chain.manifest();
        chain.add(40);
        SampleRecords before = chain.base();
        SampleRecords after = chain.records();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            VersionDiff diff = new VersionDiffer(VersionFiles.of(route.repository()), threads)
                    .compare(older, chain.manifest(), DiffSettings.DEFAULT, records -> {});
            assertThat(diff.added()).as("seed %d", seed).isEqualTo(missing(after, before));
            assertThat(diff.removed()).as("seed %d", seed).isEqualTo(missing(before, after));
            assertThat(diff.changed()).as("seed %d", seed).isEqualTo(changed(before, after));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aSoundDeltaIsVerifiedToTheLastRecord() {
        chain.add(40).add(40);
        assertThat(verify(chain.version()).problems()).isEmpty();
    }

    @Test
    void aFlippedBitInAFileOfDeletesIsFoundWhereverItIsReadToo() throws IOException {
        chain.add(200);
        FileEntry deletes = chain.manifest().files().stream()
                .filter(FileEntry::isDeletes)
                .findFirst()
                .orElseThrow();
        Path file = file(chain.version(), deletes);
        byte[] content = Files.readAllBytes(file);
        content[10] ^= 1;
        Files.write(file, content);
        assertThat(verify(chain.version()).problems()).anyMatch(problem -> problem.contains(deletes.name()));
        assertThatThrownBy(() -> read(chain.manifest()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(deletes.name());
    }

    @Test
    void aBaseThatIsAnotherThanTheDeltaSaysIsFound() throws IOException {
        Manifest base = chain.manifest();
        chain.add(10);
        Files.delete(folder.resolve(Layout.file(base.version(), Layout.MANIFEST)));
        assertThatThrownBy(() -> read(chain.manifest()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll("the base of delta 2", "no committed version");
        route.repository().commit(base);
        String other = route.repository().committed(base.version()).sha256();
        assertThat(verify(chain.version()).problems())
                .hasSize(1)
                .allMatch(problem -> problem.contains(other) && problem.contains("v1/manifest.json"));
    }

    @Test
    void aBaseThatTheCatalogHasGivenUpIsRefused() {
        chain.add(10);
        for (VersionState state : List.of(VersionState.RETIRED, VersionState.REJECTED)) {
            route.force(new VersionId(chain.version().dataset(), 1), state);
            assertThatThrownBy(() -> route.publisher()
                            .begin(chain.publication().asDeltaOn(1))
                            .close())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("version 1 of route-delays", state.name());
        }
    }

    @Test
    void aBaseWhoseKeysAreRoutedOtherwiseNowIsRefused() {
        route.set(chain.version().dataset(), "routing.fields", "1");
        assertThatThrownBy(() ->
                        route.publisher().begin(chain.publication().asDelta()).close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("routed by 0 fields", "routing.fields is 1");
    }

    private List<Row> read(Manifest manifest) {
        List<Row> rows = new ArrayList<>();
        try (RecordCursor cursor = new VersionRecords(VersionFiles.of(route.repository()), manifest).open()) {
            while (cursor.next()) {
                rows.add(Row.of(cursor.copyKey(), cursor.copyValue()));
            }
        }
        return rows;
    }

    private BundleVerifier.Report verify(VersionId version) {
        return new BundleVerifier(VersionFiles.of(route.repository())).verify(version, Depth.RECORDS, bytes -> {});
    }

    private Path file(VersionId version, FileEntry entry) {
        return folder.resolve(Layout.file(version, entry.name()));
    }

    private static long missing(SampleRecords some, SampleRecords others) {
        return some.records().keySet().stream()
                .filter(key -> !others.records().containsKey(key))
                .count();
    }

    private static long changed(SampleRecords before, SampleRecords after) {
        return before.records().entrySet().stream()
                .filter(record -> after.records().containsKey(record.getKey())
                        && !Arrays.equals(record.getValue(), after.records().get(record.getKey())))
                .count();
    }
}
