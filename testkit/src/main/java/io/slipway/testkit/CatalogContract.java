package io.slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitConflictException;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogJson;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.Change;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.json.SealedJson;
import io.slipway.model.storage.RepositoryStorage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the catalog has to do on every storage: one line of history, to which every change is added exactly once.
 *
 * <p>The tests count: a change adds one to a counter, so the catalog of sequence <i>n</i> must have the count <i>n</i>.
 */
public abstract class CatalogContract {

    private static final DatasetName COUNTER = new DatasetName("counter");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    /** The storage of this test, empty at its first call: each call gives it as another process has it. */
    protected abstract RepositoryStorage open();

    @Test
    void theCatalogOfARepositoryInWhichNothingHappenedIsEmpty() {
        assertThat(store().latest()).isEqualTo(Catalog.EMPTY);
    }

    @Test
    void aChangeIsSeenByEverybodyWithWhoAndWhy() {
        Catalog changed = store().update("ann", "counted", "to see", CatalogContract::count);
        assertThat(changed.sequence()).isEqualTo(1);
        assertThat(counted(changed)).isEqualTo(1);
        assertThat(store().latest()).isEqualTo(changed);
        byte[] document = open().read(path(1));
        assertThat(CatalogJson.readChange("c", document)).isEqualTo(new Change("ann", "counted", "to see", NOW));
    }

    @Test
    void whatIsSeenAtAGlanceIsThere() {
        assertThat(store().canSee(1)).isFalse();
        store().update("ann", "counted", "", CatalogContract::count);
        assertThat(store().canSee(1)).isEqualTo(open().localFile(path(1)).isPresent());
        assertThat(store().canSee(2)).isFalse();
    }

    @Test
    void aChangeThatChangesNothingIsNotWritten() {
        Catalog before = store().update("ann", "counted", "", CatalogContract::count);
        assertThat(store().update("bob", "nothing", "", catalog -> catalog)).isEqualTo(before);
        assertThat(open().files("catalog")).hasSize(1);
    }

    @Test
    void aNoteIsWrittenThoughNothingChanges() {
        Catalog before = store().update("ann", "counted", "", CatalogContract::count);
        store().note("bob", "did something else", "to say so");
        assertThat(store().latest().sequence()).isEqualTo(2);
        assertThat(store().latest().datasets()).isEqualTo(before.datasets());
        assertThat(CatalogJson.readChange("c", open().read(path(2))))
                .isEqualTo(new Change("bob", "did something else", "to say so", NOW));
    }

    @Test
    void aChangeThatIsRefusedIsNotWritten() {
        assertThatThrownBy(() -> store().update("ann", "counted", "", catalog -> {
                    throw new CommitConflictException("Not now.");
                }))
                .isInstanceOf(CommitConflictException.class)
                .hasMessage("Not now.");
        assertThat(open().files("catalog")).isEmpty();
    }

    @Test
    void whoeverIsOvertakenDecidesAgainOnWhatTheFasterOneWrote() {
        List<Long> seen = new ArrayList<>();
        Catalog last = store().update("slow", "counted", "", catalog -> {
            seen.add(counted(catalog));
            if (seen.size() == 1) {
                count(store(), 2);
            }
            return count(catalog);
        });
        assertThat(seen).containsExactly(0L, 2L);
        assertThat(last.sequence()).isEqualTo(3);
        assertThat(counted(last)).isEqualTo(3);
    }

    @Test
    void changesThatRaceAreOneLine() {
        race(8, 10);
    }

    @Test
    @Tag("long")
    void changesThatRaceAreOneLineForLong() {
        race(8, 100);
    }

    private void race(int writers, int changes) {
        List<CatalogStore> stores = List.of(store(), store());
        List<List<Long>> sequences = Race.run(writers, i -> () -> {
            List<Long> mine = new ArrayList<>();
            for (int change = 0; change < changes; change++) {
                Catalog changed = stores.get(i % 2).update("writer " + i, "counted", "", CatalogContract::count);
                assertThat(counted(changed)).isEqualTo(changed.sequence());
                mine.add(changed.sequence());
            }
            return mine;
        });
        long total = (long) writers * changes;
        assertThat(sequences.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, total).boxed().toList());
        sequences.forEach(mine -> assertThat(mine).isSorted());
        RepositoryStorage storage = open();
        for (long sequence = 1; sequence <= total; sequence++) {
            Catalog catalog = CatalogJson.read("c", storage.read(path(sequence)));
            assertThat(counted(catalog)).as("count in catalog %d", sequence).isEqualTo(sequence);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void whateverFailsAChangeCountsOnceAndTheCallerIsToldTheTruth(Faults.Kind kind) {
        for (int call = 1; ; call++) {
            long before = counted(store().latest());
            Faults faults = Faults.at(kind, call);
            try {
                store(new FaultyStorage(open(), faults)).update("ann", "counted", "", CatalogContract::count);
                assertCount(before + 1, faults);
            } catch (UnavailableException e) {
                assertCount(before, faults);
            } catch (CommitStateUnknownException | ProcessDiedError e) {
                assertThat(counted(store().latest())).as("with %s", faults).isBetween(before, before + 1);
            }
            long left = counted(store().latest());
            count(store(), 1);
            assertCount(left + 1, faults);
            if (!faults.reached()) {
                assertThat(call).as("calls of a change").isGreaterThan(3);
                return;
            }
        }
    }

    private void assertCount(long expected, Faults faults) {
        Catalog latest = store().latest();
        assertThat(counted(latest)).as("count with %s", faults).isEqualTo(expected);
        assertThat(latest.sequence()).as("sequence with %s", faults).isEqualTo(expected);
    }

    @Test
    void aStorageThatLosesAnAcknowledgementAndRepeatsByItselfCountsOnce() {
        CatalogStore store = store(new RepeatingStorage(open()));
        assertThat(counted(count(store, 3))).isEqualTo(3);
        assertThat(store().latest().sequence()).isEqualTo(3);
    }

    @Test
    void aDamagedHighestCatalogIsNotPassedOver() {
        count(store(), 2);
        open().createIfAbsent(path(3), "{\"half\": ".getBytes(UTF_8));
        assertThatThrownBy(() -> store().latest())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path(3));
        assertThatThrownBy(() -> count(store(), 1))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path(3));
        assertThat(open().files("catalog")).hasSize(3);
    }

    @Test
    void anEarlierCatalogUnderAHigherNumberIsDamage() {
        count(store(), 2);
        open().createIfAbsent(path(7), open().read(path(2)));
        assertThatThrownBy(() -> store().latest())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(path(7), "sequence", "expected 7", "found 2");
    }

    @Test
    void aCatalogOfANewerFormatIsRefused() {
        open().createIfAbsent(path(1), SealedJson.seal(2, SealedJson.object().put("sequence", 1)));
        assertThatThrownBy(() -> store().latest())
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContainingAll(path(1), "format version 2", "reads 1 to 1");
        assertThatThrownBy(() -> count(store(), 1)).isInstanceOf(UnsupportedFormatException.class);
    }

    @Test
    void otherFilesInTheFolderAreNoCatalogs() {
        count(store(), 1);
        List<String> others = List.of(
                "notes.txt",
                "2.json",
                "0000000000000000002.json",
                "00000000000000000002.json.bak",
                "99999999999999999999.json",
                "+0000000000000000003.json");
        for (String name : others) {
            open().createIfAbsent("catalog/" + name, new byte[0]);
        }
        assertThat(count(store(), 1).sequence()).isEqualTo(2);
    }

    private static Catalog count(Catalog catalog) {
        DatasetEntry entry = catalog.datasetOrEmpty(COUNTER);
        return catalog.with(entry.withHighestCurrent(entry.highestCurrent() + 1));
    }

    private static Catalog count(CatalogStore store, int times) {
        Catalog last = Catalog.EMPTY;
        for (int i = 0; i < times; i++) {
            last = store.update("test", "counted", "", CatalogContract::count);
        }
        return last;
    }

    private static long counted(Catalog catalog) {
        return catalog.datasetOrEmpty(COUNTER).highestCurrent();
    }

    private CatalogStore store() {
        return store(open());
    }

    private static CatalogStore store(RepositoryStorage storage) {
        return new CatalogStore(
                storage, InstantSource.fixed(NOW), () -> UUID.randomUUID().toString());
    }

    private static String path(long sequence) {
        return String.format("catalog/%020d.json", sequence);
    }
}
