package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.controller.Controller;
import io.slipway.controller.Operations;
import io.slipway.model.CommitConflictException;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.sst.SstVersionPublisher;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.InMemoryStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.Race;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishers, controllers, operators and the collector at once on one repository. Races of publishers alone are in {@code
 * PublishRouteRaces}, of catalog writers alone in {@code CatalogContract} and {@code CatalogPruningTest}.
 */
class RaceTest {

    private static final int PUBLISHERS = 16;
    private static final int KEPT = 5;
    private static final Duration DEAD = Duration.ofDays(8);
    private static final Duration GRACE = Duration.ofHours(2);

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private final AtomicLong ids = new AtomicLong();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T03:00:00Z"));
    private final Map<VersionId, String> committed = new ConcurrentHashMap<>();
    private int kept = CatalogStore.KEPT;
    private InMemoryStorage storage;

    @BeforeEach
    void create() {
        storage = new InMemoryStorage(now::get, folder);
        committed.clear();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void sixteenPublishersTwoControllersAndAnOperatorAreOneLine() {
        raceOfAll(1);
    }

    @Test
    @Tag("long")
    void sixteenPublishersTwoControllersAndAnOperatorAreOneLineManyTimes() {
        raceOfAll(40);
    }

    private void raceOfAll(int rounds) {
        long seed = new Random().nextInt(1_000_000);
        System.out.println("Seed of the operators: " + seed);
        for (int round = 0; round < rounds; round++) {
            create();
            Random operator = new Random(seed + round);
            Map<VersionId, SampleRecords> published = new ConcurrentHashMap<>();
            List<Callable<Boolean>> racers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                String run = "run-" + i;
                SampleRecords records = records(i);
                racers.add(() -> {
                    published.put(publish(storage, run, records).orElseThrow(), records);
                    return true;
                });
            }
            racers.add(() -> settle(controller(storage)));
            racers.add(() -> settle(controller(storage)));
            racers.add(() -> operate(operator));
            Race.run(racers);

            settle(controller(storage));
            assertThat(published).as("versions, seed %d", seed + round).hasSize(PUBLISHERS);
            assertThat(repository(storage).versions(Life.DATASET)).hasSize(PUBLISHERS);
            Map<Long, SampleRecords> models = new HashMap<>();
            published.forEach((version, records) -> models.put(version.number(), records));
            new Invariants(repository(storage), catalog(storage), committed, models).check();
            assertThat(dataset().current())
                    .as("a current version, seed %d", seed + round)
                    .isPresent();
        }
    }

    /** Swaps and rolls back, whatever that finds. */
    private boolean operate(Random random) {
        Operations operations = operations();
        for (int i = 0; i < 12; i++) {
            try {
                if (random.nextInt(3) == 0) {
                    operations.rollback(Life.DATASET, OptionalLong.empty(), LiveProcess.OPERATOR, "race");
                } else {
                    operations.swap(Life.DATASET, 1 + random.nextInt(PUBLISHERS), LiveProcess.OPERATOR, "race");
                }
            } catch (NotFoundException | InvalidInputException | CommitConflictException e) {
                // There is none such yet, or any more.
            }
        }
        return true;
    }

    @Test
    void aWriterThatIsSlowerThanTheCollectorsPatienceCommitsWholeOrNotAtAll() {
        int aborted = 0;
        Faults pause;
        int call = 0;
        do {
            call++;
            create();
            pause = Faults.pause(call, () -> {
                Controller collector = controller(storage);
                for (Duration passing : List.of(DEAD, GRACE, GRACE)) {
                    pass(passing);
                    settle(collector);
                }
            });
            Optional<VersionId> slow = publish(new FaultyStorage(storage, pause), "run", records(1));
            aborted += slow.isEmpty() ? 1 : 0;
            check("with " + pause);

            VersionId settled = publish(storage, "run", records(1)).orElseThrow();
            slow.ifPresent(version -> assertThat(settled).isEqualTo(version));
            pass(GRACE);
            settle(controller(storage));
            check("after a repeat, with " + pause);
            assertThat(committedVersions()).as("with %s", pause).containsExactly(settled);
            assertThat(dataset().current().map(VersionEntry::number)).hasValue(settled.number());
        } while (pause.reached());
        System.out.println("Points of sleep of a writer: " + (call - 1) + ", aborted at " + aborted);
        assertThat(aborted).isBetween(3, call - 3);
    }

    @Test
    void aControllerThatSleepsAtAnyCallDoesNotUndoARollback() {
        int points = sleepAtEachCall(() -> {
            operations().rollback(Life.DATASET, OptionalLong.of(1), LiveProcess.OPERATOR, "wrong prices");
            settle(controller(storage));
        });
        System.out.println("Points of sleep of a controller: " + points);
    }

    @Test
    void aControllerThatSleepsPastThePruningDoesNotUndoARollback() {
        kept = KEPT;
        int points = sleepAtEachCall(() -> {
            operations().rollback(Life.DATASET, OptionalLong.of(1), LiveProcess.OPERATOR, "wrong prices");
            settle(controller(storage));
            for (int i = 0; i < 2 * KEPT; i++) {
                operations().set(Life.DATASET, Map.of("retention.age", i + "h"), LiveProcess.OPERATOR, "");
            }
        });
        System.out.println("Points of sleep of a controller past the pruning: " + points);
    }

    /**
     * Version 2 is current and version 3 committed. A controller that is about to swap that in sleeps at one of its calls,
     * while an operator rolls back to version 1: whatever the sleeper still does, readers stay there.
     */
    private int sleepAtEachCall(Runnable meanwhile) {
        for (int call = 1; ; call++) {
            create();
            publish(storage, "run-1", records(1));
            settle(controller(storage));
            publish(storage, "run-2", records(2));
            settle(controller(storage));
            publish(storage, "run-3", records(3));
            Faults pause = Faults.pause(call, () -> {
                if (dataset().current().map(VersionEntry::number).equals(Optional.of(2L))) {
                    meanwhile.run();
                }
            });
            settle(controller(new FaultyStorage(storage, pause)));
            settle(controller(storage));
            operations().set(Life.DATASET, Map.of("retention.age", "90m"), LiveProcess.OPERATOR, ""); // It prunes.
            check("with " + pause);
            boolean isRolledBack = dataset().rolledBack();
            assertThat(dataset().current().map(VersionEntry::number))
                    .as("current with %s", pause)
                    .hasValue(isRolledBack ? 1L : 3L);
            if (!pause.reached()) {
                assertThat(isRolledBack).isFalse();
                return call - 1;
            }
        }
    }

    private void check(String what) {
        try {
            new Invariants(repository(storage), catalog(storage), committed, Map.of()).check();
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    private List<VersionId> committedVersions() {
        Repository repository = repository(storage);
        return repository.versions(Life.DATASET).stream()
                .filter(version -> repository.decision(version).orElse(null) instanceof Decision.Committed)
                .toList();
    }

    /** What a job does; none if its version was aborted under it. */
    private Optional<VersionId> publish(RepositoryStorage seen, String run, SampleRecords records) {
        Publication publication = Publication.of(Life.DATASET)
                .withRunId(new RunId(run))
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(2);
        SampleDelta puts = SampleDelta.none();
        for (Map.Entry<byte[], byte[]> row : records.records().entrySet()) {
            puts = puts.putting(row.getKey(), row.getValue());
        }
        SampleDelta all = puts;
        SstVersionPublisher publisher = new SstVersionPublisher(repository(seen), catalog(seen), now::get, "test");
        try (PublishSession session = publisher.begin(publication)) {
            CommittedVersion version = session.committed().orElseGet(() -> session.commit(all.write(session)));
            committed.put(version.manifest().version(), version.manifestSha256());
            return Optional.of(version.manifest().version());
        } catch (FencedException e) {
            return Optional.empty();
        }
    }

    private static SampleRecords records(int number) {
        SampleRecords records = SampleRecords.none();
        for (int i = 0; i < 10; i++) {
            records = records.with(SampleRecords.key("k" + i), SampleRecords.value(10, 0.5, "run " + number));
        }
        return records;
    }

    private static boolean settle(Controller controller) {
        int cycles = 0;
        while (controller.cycle()) {
            assertThat(cycles++).as("cycles that changed something").isLessThan(400);
        }
        return true;
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private DatasetEntry dataset() {
        return catalog(storage).latest().datasetOrEmpty(Life.DATASET);
    }

    private Repository repository(RepositoryStorage seen) {
        return new Repository(seen, now::get, this::newId, "test");
    }

    private CatalogStore catalog(RepositoryStorage seen) {
        return new CatalogStore(seen, now::get, this::newId, kept);
    }

    private Operations operations() {
        return new Operations(repository(storage), catalog(storage), now::get);
    }

    private Controller controller(RepositoryStorage seen) {
        return new Controller(repository(seen), catalog(seen), List.of(new Eager()), now::get, "controller");
    }

    private String newId() {
        return "id-" + ids.incrementAndGet();
    }

    /** A node that has at once whatever the catalog wants on nodes. */
    private final class Eager implements Node {

        @Override
        public String id() {
            return "eager";
        }

        @Override
        public NodeStatus status() {
            Map<VersionId, Staging> versions = new HashMap<>();
            for (VersionEntry version : dataset().versions().values()) {
                if (version.state().isOnNodes()) {
                    versions.put(Life.version(version.number()), new Staging(Phase.STAGED, 0, 0, ""));
                }
            }
            return new NodeStatus(catalog(storage).latest().sequence(), versions);
        }

        @Override
        public Optional<DataFindings> examine(DataQuestion question) {
            return Optional.empty();
        }

        @Override
        public void nudge() {
            // It needs none.
        }
    }
}
