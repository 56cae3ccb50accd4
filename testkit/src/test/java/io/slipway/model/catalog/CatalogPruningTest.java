package io.slipway.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.InMemoryStorage;
import io.slipway.testkit.Race;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As in the catalog's contract, every change adds one, so that catalog <i>n</i> must have the count <i>n</i>. */
class CatalogPruningTest {

    private static final DatasetName COUNTER = new DatasetName("counter");
    private static final int KEPT = 4;

    /** A change lists, reads, creates, and lists again. */
    private static final int CALL_AFTER_CREATION = 5;

    @TempDir
    Path folder;

    private RepositoryStorage storage;

    @BeforeEach
    void create() {
        storage = new InMemoryStorage(InstantSource.system(), folder);
    }

    @Test
    void theLatestAreKeptAndTheOthersDeleted() {
        CatalogStore store = store(storage);
        for (int changes = 1; changes <= 3 * KEPT; changes++) {
            count(store);
            assertThat(sequences())
                    .containsExactlyElementsOf(LongStream.rangeClosed(Math.max(1, changes - KEPT + 1), changes)
                            .boxed()
                            .toList());
        }
        assertThat(counted(store.latest())).isEqualTo(3 * KEPT);
    }

    @Test
    void aWriterThatSleepsPastThePruningStartsAgain() {
        for (int call = 1; call <= 12; call++) {
            for (int others : List.of(0, 1, KEPT - 1, KEPT, KEPT + 1, 3 * KEPT)) {
                create();
                count(store(storage));
                int changes = others;
                Faults pause = Faults.pause(call, () -> {
                    for (int i = 0; i < changes; i++) {
                        count(store(storage));
                    }
                });
                Catalog written = count(store(new FaultyStorage(storage, pause)));

                long total = pause.reached() ? 2 + others : 2;
                String what = pause + " while " + others + " changes are made";
                assertThat(counted(store(storage).latest()))
                        .as(what)
                        .isBetween(total, total + (cannotTell(pause, call, others) ? 1 : 0));
                assertThat(counted(written)).as(what).isEqualTo(written.sequence());
                count(store(storage));
                assertLine(what);
            }
        }
    }

    /**
     * A writer that falls asleep between its creation and the look at the list after it cannot tell a creation that
     * others built upon from one that came too late: it starts again, and its change may be made twice.
     */
    private static boolean cannotTell(Faults pause, int call, int others) {
        return pause.toString().contains("(files of catalog)") && call == CALL_AFTER_CREATION && others >= KEPT;
    }

    @Test
    void aPruningThatFailsIsMadeUpForByTheNext() {
        for (Faults.Kind kind : List.of(Faults.Kind.ERROR, Faults.Kind.LOST_ACKNOWLEDGEMENT)) {
            for (int call = 1; call <= 10; call++) {
                create();
                for (int i = 0; i < KEPT + 2; i++) {
                    count(store(storage));
                }
                Faults faults = Faults.at(kind, call);
                long expected = counted(store(storage).latest());
                try {
                    count(store(new FaultyStorage(storage, faults)));
                    expected++;
                    assertThat(counted(store(storage).latest()))
                            .as("with %s", faults)
                            .isEqualTo(expected);
                } catch (UnavailableException e) {
                    assertThat(counted(store(storage).latest()))
                            .as("with %s", faults)
                            .isEqualTo(expected);
                } catch (CommitStateUnknownException e) {
                    expected = counted(store(storage).latest());
                }
                count(store(storage));
                assertThat(counted(store(storage).latest()))
                        .as("with %s", faults)
                        .isEqualTo(expected + 1);
                assertThat(sequences()).as("with %s", faults).hasSize(KEPT);
                assertLine("with " + faults);
            }
        }
    }

    @Test
    void changesThatRaceAreOneLineThoughEachPrunes() {
        int writers = 6;
        int changes = 60;
        Race.run(writers, i -> () -> {
            CatalogStore store = store(storage);
            for (int change = 0; change < changes; change++) {
                Catalog changed = count(store);
                assertThat(counted(changed)).isEqualTo(changed.sequence());
            }
            return null;
        });
        assertThat(counted(store(storage).latest()))
                .as("with so few kept, a change may be made twice")
                .isGreaterThanOrEqualTo((long) writers * changes);
        count(store(storage));
        assertThat(sequences()).hasSize(KEPT);
        assertLine("after the race");
    }

    @Test
    @Tag("long")
    void aThousandAreKeptByDefault() {
        CatalogStore store = new CatalogStore(storage, InstantSource.system(), CatalogPruningTest::writeId);
        for (int i = 0; i < CatalogStore.KEPT + 3; i++) {
            count(store);
        }
        assertThat(sequences()).hasSize(1000).startsWith(4L).endsWith(1003L);
    }

    private void assertLine(String what) {
        for (long sequence : sequences()) {
            Catalog catalog = CatalogJson.read("c", storage.read(String.format("catalog/%020d.json", sequence)));
            assertThat(counted(catalog))
                    .as("%s: count in catalog %d", what, sequence)
                    .isEqualTo(sequence);
        }
    }

    private List<Long> sequences() {
        return storage.files("catalog").stream()
                .map(StoredFile::name)
                .map(name -> Long.parseLong(name.substring(0, 20)))
                .toList();
    }

    private static Catalog count(CatalogStore store) {
        return store.update("test", "counted", "", catalog -> {
            DatasetEntry entry = catalog.datasetOrEmpty(COUNTER);
            return catalog.with(entry.withHighestCurrent(entry.highestCurrent() + 1));
        });
    }

    private static long counted(Catalog catalog) {
        return catalog.datasetOrEmpty(COUNTER).highestCurrent();
    }

    private static CatalogStore store(RepositoryStorage storage) {
        return new CatalogStore(storage, InstantSource.system(), CatalogPruningTest::writeId, KEPT);
    }

    private static String writeId() {
        return UUID.randomUUID().toString();
    }
}
