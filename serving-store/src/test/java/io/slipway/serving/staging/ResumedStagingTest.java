package io.slipway.serving.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.TestRepository;
import io.slipway.serving.ingest.NoCluster;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StoreEngine;
import io.slipway.serving.store.VersionFolder;
import io.slipway.sst.FileShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are fetched several at a time, and what an interrupted staging has fetched is not fetched again. */
class ResumedStagingTest {

    private static final int FILES = 6;
    private static final Executor ONE_BY_ONE = Runnable::run;
    private static final Throttle UNBOUNDED = new Throttle(0, System::nanoTime, nanos -> {});

    @TempDir
    private Path temporary;

    private final StoreEngine engine = new StoreEngine(8 << 20);
    private TestRepository repository;
    private VersionId version;
    private Manifest manifest;
    private Path data;

    @BeforeEach
    void publish() {
        repository = new TestRepository(temporary.resolve("repository"));
        Map<String, String> records = new TreeMap<>();
        for (int i = 0; i < 3000; i++) {
            records.put("key-" + i, "value " + Integer.toHexString(i * 0x9E3779B9));
        }
        version = repository.publish(
                "airports", TestRepository.STRING, TestRepository.STRING, records, FILES, UnaryOperator.identity());
        repository.stage(version);
        manifest = repository.repository().committed(version).manifest();
        data = temporary.resolve("data");
        assertThat(manifest.files()).hasSize(FILES).allMatch(file -> file.bytes() > 5000);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** The folder is copied at the chosen moment, and the copy is what the next process finds after a kill. */
    @Test
    void aKillAtAnyFileCostsOnlyWhatWasNotYetWhole() throws IOException {
        for (int file = 1; file <= FILES; file++) {
            for (long bytes : new long[] {0, 3000}) {
                Path killed = temporary.resolve("killed-" + file + "-" + bytes);
                Path running = temporary.resolve("running-" + file + "-" + bytes);
                stage(running, copyingAt(file, bytes, running, killed), ONE_BY_ONE);

                WatchedStorage storage = new WatchedStorage(repository.storage());
                stage(killed, storage, ONE_BY_ONE);
                assertThat(storage.opened())
                        .as("killed at file %d after %d bytes", file, bytes)
                        .containsExactlyElementsOf(names(manifest.files().subList(file - 1, FILES)));
            }
        }
    }

    @Test
    void anOutageAtAnyFileCostsOnlyWhatWasNotYetWhole() throws IOException {
        for (int file = 1; file <= FILES; file++) {
            int outage = file;
            Path folder = temporary.resolve("outage-" + file);
            assertThatThrownBy(() -> stage(folder, failingAt(folder, outage, 1000), ONE_BY_ONE))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("tried again");
            WatchedStorage storage = new WatchedStorage(repository.storage());
            stage(folder, storage, ONE_BY_ONE);
            assertThat(storage.opened())
                    .as("an outage at file %d", file)
                    .containsExactlyElementsOf(names(manifest.files().subList(file - 1, FILES)));
        }
    }

    @Test
    void aDamagedLeftoverIsFetchedAgain() throws IOException {
        interruptAt(FILES);
        Path fetched = fetchFolder();
        flip(fetched.resolve(name(1)), 2000);
        cut(fetched.resolve(name(3)));
        Files.writeString(fetched.resolve("part-00009-1-1.sst"), "of nobody");
        Files.createDirectories(fetched.resolve("nor-a-file/at-all"));

        WatchedStorage storage = new WatchedStorage(repository.storage());
        stage(data, storage, ONE_BY_ONE);
        assertThat(storage.opened()).containsExactly(name(1), name(3), name(5));
    }

    /** Whatever is wrong about bytes that are not read by RocksDB, the hash tells. */
    @Test
    void everyFlippedBitOfALeftoverIsFound() throws IOException {
        interruptAt(2);
        Path fetched = fetchFolder().resolve(name(0));
        byte[] good = Files.readAllBytes(fetched);
        for (int at = 0; at < good.length; at += 101) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(fetched, bad);
            assertThat(KeptFiles.isGood(fetched, manifest.files().get(0), () -> false))
                    .as("byte %d", at)
                    .isFalse();
        }
        Files.write(fetched, good);
        assertThat(KeptFiles.isGood(fetched, manifest.files().get(0), () -> false))
                .isTrue();
    }

    @Test
    void aStagingThatFailsAfterTheFetchingFetchesNothingAgain() throws IOException {
        Path inTheWay = data.resolve("datasets/airports/v1/manifest.json/not-a-file");
        WatchedStorage storage = new WatchedStorage(repository.storage()) {
            @Override
            void beforePiece(int file, long bytes) throws IOException {
                Files.createDirectories(inTheWay);
            }
        };
        assertThatThrownBy(() -> stage(data, storage, ONE_BY_ONE)).isInstanceOf(UnavailableException.class);
        assertThat(storage.opened()).hasSize(FILES);
        WatchedStorage again = new WatchedStorage(repository.storage());
        stage(data, again, ONE_BY_ONE);
        assertThat(again.opened()).isEmpty();
    }

    @Test
    void aCancelledStagingGoesOnWhereItWas() throws IOException {
        StagingProgress progress = new StagingProgress();
        WatchedStorage cancelling = new WatchedStorage(repository.storage()) {
            @Override
            void beforePiece(int file, long bytes) {
                if (file == 4) {
                    progress.cancel();
                }
            }
        };
        assertThatThrownBy(() -> stage(data, cancelling, ONE_BY_ONE, UNBOUNDED, 0, progress))
                .isInstanceOf(CancellationException.class);
        assertThat(progress.bytesDone())
                .isEqualTo(manifest.files().subList(0, 3).stream()
                        .mapToLong(FileEntry::bytes)
                        .sum());
        WatchedStorage storage = new WatchedStorage(repository.storage());
        stage(data, storage, ONE_BY_ONE);
        assertThat(storage.opened()).hasSize(3);
    }

    @Test
    void ofADamagedRepositoryNothingIsKept() throws IOException {
        Path last = repository.file(version, name(5));
        Files.delete(last);
        Files.write(last, new byte[100]);
        assertThatThrownBy(() -> stage(data, new WatchedStorage(repository.storage()), ONE_BY_ONE))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(name(5));
        assertThat(data.resolve("datasets/airports/v1")).doesNotExist();
    }

    @Test
    void onlyWhatIsStillToBeFetchedNeedsRoom() throws IOException {
        interruptAt(FILES);
        long left = manifest.files().get(FILES - 1).bytes();
        assertThatThrownBy(() -> stage(
                        data,
                        new WatchedStorage(repository.storage()),
                        ONE_BY_ONE,
                        UNBOUNDED,
                        Long.MAX_VALUE,
                        new StagingProgress()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(
                        "version 1 of airports needs " + String.format("%,d", left) + " bytes",
                        "other versions of the dataset there take 0.");
        assertThat(fetchFolder()).isNotEmptyDirectory();
    }

    @Test
    void soManyFilesAsSetAreFetchedAtATimeAndNoMore() throws IOException {
        int atATime = 3;
        CyclicBarrier together = new CyclicBarrier(atATime);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        WatchedStorage storage = new WatchedStorage(repository.storage()) {
            @Override
            void beforePiece(int file, long bytes) {
                if (bytes == 0) {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    await(together);
                }
            }

            @Override
            void closed() {
                open.decrementAndGet();
            }
        };
        ExecutorService fetchers = Executors.newFixedThreadPool(atATime);
        try {
            stage(data, storage, fetchers);
        } finally {
            fetchers.shutdown();
        }
        assertThat(most).hasValue(atATime);
        assertThat(storage.opened()).containsExactlyInAnyOrderElementsOf(names(manifest.files()));
    }

    @Test
    void theRateHoldsForAllFilesTogetherHoweverManyAreFetchedAtATime() throws IOException {
        long rate = 10_000;
        AtomicLong nanos = new AtomicLong();
        Throttle throttle = new Throttle(rate, nanos::get, nanos::addAndGet);
        ExecutorService fetchers = Executors.newFixedThreadPool(4);
        try {
            stage(data, new WatchedStorage(repository.storage()), fetchers, throttle, 0, new StagingProgress());
        } finally {
            fetchers.shutdown();
        }
        assertThat(nanos.get()).isGreaterThanOrEqualTo((manifest.bytes() - FILES) * TimeUnit.SECONDS.toNanos(1) / rate);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("The files are not fetched together", e);
        }
    }

    private void interruptAt(int file) {
        assertThatThrownBy(() -> stage(data, failingAt(data, file, 0), ONE_BY_ONE))
                .isInstanceOf(UnavailableException.class);
    }

    private WatchedStorage failingAt(Path folder, int failing, long at) {
        return new WatchedStorage(repository.storage()) {
            @Override
            void beforePiece(int file, long bytes) throws IOException {
                if (file == failing && bytes >= at) {
                    throw new IOException("The storage of " + folder + " is away");
                }
            }
        };
    }

    private WatchedStorage copyingAt(int copying, long at, Path running, Path copy) {
        return new WatchedStorage(repository.storage()) {
            @Override
            void beforePiece(int file, long bytes) {
                if (file == copying && bytes == at) {
                    copyTree(running, copy);
                }
            }
        };
    }

    private void stage(Path folder, RepositoryStorage storage, Executor fetchers) throws IOException {
        stage(folder, storage, fetchers, UNBOUNDED, 0, new StagingProgress());
    }

    /** Stages as a process does that has just been started, and checks what it has staged. */
    private void stage(
            Path folder,
            RepositoryStorage storage,
            Executor fetchers,
            Throttle throttle,
            long reserve,
            StagingProgress progress)
            throws IOException {
        try (DataFolder opened = DataFolder.open(folder, storage.location())) {
            opened.sweep().forEach(left -> assertThat(left.marker()).isEmpty());
            Stager stager = new Stager(
                    storage,
                    opened,
                    engine,
                    new BundleFetcher(storage, fetchers, throttle),
                    new NoCluster(),
                    Runnable::run,
                    InstantSource.system(),
                    reserve);
            OpenVersion staged = stager.stage(
                    version,
                    new Wanted(
                            repository.repository().committed(version).sha256(),
                            Verification.RECORDS,
                            FileShape.DEFAULT,
                            Optional.empty()),
                    Optional.empty(),
                    progress);
            assertThat(staged.content().digest()).isEqualTo(manifest.digest());
            assertThat(progress.bytesDone()).isEqualTo(manifest.bytes());
            staged.release();
            VersionFolder left = opened.version(version);
            assertThat(left.path()).isDirectoryNotContaining("glob:**/{fetch,ingest}");
            assertThat(left.marker()).isPresent();
        }
    }

    private Path fetchFolder() {
        return data.resolve("datasets/airports/v1/fetch");
    }

    private String name(int file) {
        return manifest.files().get(file).name();
    }

    private static List<String> names(List<FileEntry> files) {
        return files.stream().map(FileEntry::name).toList();
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private static void cut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
