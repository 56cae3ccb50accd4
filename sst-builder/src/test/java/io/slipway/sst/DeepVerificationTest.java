package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.publish.Compression;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.BundleVerifier.Depth;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with records though every file is exactly what the manifest says: a writer without care made them. */
class DeepVerificationTest {

    private static final FileShape SHAPE = new FileShape(Compression.LZ4, 1 << 20);

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
    void aVersionWhoseValuesAreAllOfTheSchemaIsSound() {
        assertThat(problems(commit(records()), Depth.RECORDS)).isEmpty();
    }

    @Test
    void aValueThatIsNotOfTheSchemaIsFoundAndItsKeyNamed() {
        SortedMap<byte[], byte[]> records = records();
        byte[] cut = SampleRecords.value(5, 0.5, "a text");
        records.put(SampleRecords.key("LAX"), Arrays.copyOf(cut, cut.length - 3));
        assertFoundByTheRecordsAlone(records, "value of key 'LAX'");
    }

    @Test
    void anUnionBranchThatThereIsNotIsFound() {
        SortedMap<byte[], byte[]> records = records();
        byte[] value = SampleRecords.value(5, null, "");
        value[1] = 4; // The third branch of two.
        records.put(SampleRecords.key("LAX"), value);
        assertFoundByTheRecordsAlone(records, "value of key 'LAX'");
    }

    @Test
    void bytesAfterAValueAreFound() {
        SortedMap<byte[], byte[]> records = records();
        byte[] value = SampleRecords.value(5, 0.5, "a text");
        records.put(SampleRecords.key("SFO"), Arrays.copyOf(value, value.length + 1));
        assertFoundByTheRecordsAlone(records, "value of key 'SFO'");
    }

    @Test
    void anEmptyValueIsFound() {
        SortedMap<byte[], byte[]> records = records();
        records.put(SampleRecords.key("JFK"), new byte[0]);
        assertFoundByTheRecordsAlone(records, "value of key 'JFK'");
    }

    /** Each of two waits for the other, which never comes if they are done one after the other. */
    @Test
    void twoThingsAreDoneAtATimeAndNoMore() {
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Parallel parallel = new Parallel(2)) {
            assertThat(parallel.all(List.of(1, 2, 3, 4), number -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        await(together);
                        inside.decrementAndGet();
                        await(together);
                        return 10 * number;
                    }))
                    .containsExactly(10, 20, 30, 40);
        }
        assertThat(most).hasValue(2);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("They are not done at the same time", e);
        }
    }

    private void assertFoundByTheRecordsAlone(SortedMap<byte[], byte[]> records, String place) {
        VersionId version = commit(records);
        assertThat(problems(version, Depth.FILES)).isEmpty();
        assertThat(problems(version, Depth.RECORDS))
                .singleElement()
                .asString()
                .contains(Layout.file(version, Layout.partitionFile(0, 1, 0)), place);
    }

    private List<String> problems(VersionId version, Depth depth) {
        return new BundleVerifier(VersionFiles.of(route.repository()), 2)
                .verify(version, depth, bytes -> {})
                .problems();
    }

    private static SortedMap<byte[], byte[]> records() {
        SortedMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
        records.put(SampleRecords.key("AMS"), SampleRecords.value(1, null, "Amsterdam"));
        records.put(SampleRecords.key("ORD"), SampleRecords.value(2, -0.5, ""));
        records.put(SampleRecords.key("ZRH"), SampleRecords.value(-3, 1e300, "Zürich"));
        return records;
    }

    /** Commits whatever bytes there are, with a digest that agrees. */
    private VersionId commit(SortedMap<byte[], byte[]> records) {
        Claim claim = route.repository().claim(new DatasetName("airports"), RunId.random(), 1);
        DigestBuilder digest = new DigestBuilder();
        records.forEach(digest::add);
        try (SstFiles files =
                new SstFiles(route.storage(), SHAPE, Content.RECORDS, 0, file -> Layout.partitionFile(0, 1, 0, file))) {
            records.forEach(files::put);
            SstFiles.Finished only = files.finish().get(0);
            route.storage()
                    .createIfAbsent(Layout.file(claim.version(), only.entry().name()), only.file());
            route.repository().commit(manifest(claim, only.entry(), digest.digest()));
        }
        return claim.version();
    }

    private static Manifest manifest(Claim claim, FileEntry file, Digest digest) {
        return new Manifest(
                claim.version(),
                Route.SST,
                claim.runId(),
                SampleRecords.TEXT_KEY,
                SampleRecords.VALUE,
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(file),
                List.of(new PartitionEntry(0, digest)),
                digest,
                file.bytes(),
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "lz4",
                new Provenance("", "", "test", "", List.of(), Instant.EPOCH, Instant.EPOCH));
    }
}
