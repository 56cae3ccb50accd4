package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.repository.Decision;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.ProcessDiedError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrphansTest {

    private static final String NAMED = "part-00000-1-1.sst";
    private static final String LOST = "part-00000-1-2.sst";

    @TempDir
    private Path folder;

    private Harbour harbour;

    @BeforeEach
    void open() {
        harbour = new Harbour(folder);
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    @Test
    void aLostAttemptsFileGoesAfterTheGracePeriodAndWhatTheManifestNamesStays() {
        VersionId version = claim();
        harbour.repository.joinSession(version);
        harbour.write(version, 1);
        harbour.write(version, 2);
        harbour.repository.commit(harbour.manifest(version, "run", 1));

        harbour.pass(Orphans.GRACE.minusNanos(1));
        collect();
        assertThat(harbour.files(version)).contains(NAMED, LOST);

        harbour.pass(Duration.ofNanos(1));
        collect();
        assertThat(harbour.files(version))
                .containsExactlyInAnyOrder("claim.json", "manifest.json", "session-1.json", NAMED);
    }

    @Test
    void anAbortedVersionKeepsNothingButItsClaimAndItsDecision() {
        VersionId version = claim();
        harbour.repository.joinSession(version);
        harbour.write(version, 1);
        harbour.repository.abort(version, "given up");

        harbour.pass(Orphans.GRACE);
        collect();

        assertThat(harbour.files(version)).containsExactlyInAnyOrder("claim.json", "manifest.json");
    }

    @Test
    void aLiveClaimKeepsEveryFileHoweverOldItIs() {
        VersionId version = claim();
        harbour.write(version, 1);
        for (int attempt = 2; attempt < 6; attempt++) {
            harbour.pass(Orphans.DEAD_CLAIM.minusNanos(1));
            collect();
            assertThat(harbour.repository.decision(version)).isEmpty();
            harbour.write(version, attempt);
        }
        assertThat(harbour.files(version)).hasSize(6);
    }

    @Test
    void aClaimWithoutANewFileForAWeekIsAbortedAndThenCollected() {
        VersionId version = claim();
        harbour.write(version, 1);

        harbour.pass(Orphans.DEAD_CLAIM);
        collect();
        assertThat(harbour.repository.decision(version).orElseThrow())
                .isInstanceOfSatisfying(
                        Decision.Aborted.class,
                        aborted -> assertThat(aborted.reason()).contains("7 days", "2026-01-31T03:00:00Z"));

        collect();
        assertThat(harbour.files(version)).containsExactlyInAnyOrder("claim.json", "manifest.json");
    }

    @Test
    void aWriterThatWasOnlySlowFindsItsVersionAborted() {
        VersionId version = claim();
        harbour.write(version, 1);
        harbour.pass(Orphans.DEAD_CLAIM);
        collect();

        assertThat(harbour.repository.commit(harbour.manifest(version, "run", 1)))
                .isInstanceOf(Decision.Aborted.class);
        assertThat(harbour.repository
                        .claim(ROUTES, new RunId("run"), 1)
                        .version()
                        .number())
                .as("the run begins anew")
                .isEqualTo(2);
    }

    @Test
    void whenAWriterCommitsWhileTheCollectorLooksOneOfThemWinsWhole() {
        int committed = 0;
        Faults faults;
        int call = 0;
        do {
            call++;
            try (Harbour fresh = new Harbour(folder)) {
                harbour = fresh;
                VersionId version = claim();
                fresh.write(version, 1);
                fresh.pass(Orphans.DEAD_CLAIM);
                faults = Faults.pause(call, () -> fresh.repository.commit(fresh.manifest(version, "run", 1)));
                FaultyStorage storage = new FaultyStorage(fresh.storage, faults);
                new Orphans(fresh.repository(storage), fresh.clock(), "collector").collect();
                collect();

                boolean isCommitted = fresh.repository.decision(version).orElseThrow() instanceof Decision.Committed;
                committed += isCommitted ? 1 : 0;
                assertThat(fresh.files(version).contains(NAMED))
                        .as("the file is there if the version is, with %s", faults)
                        .isEqualTo(isCommitted);
            }
        } while (faults.reached());
        assertThat(committed).as("commits that won, of %d points", call).isBetween(1, call - 1);
    }

    @ParameterizedTest
    @EnumSource(names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void whateverFailsWhileItCollectsTheNextOneFinishes(Faults.Kind kind) {
        Faults faults;
        int call = 0;
        do {
            call++;
            try (Harbour fresh = new Harbour(folder)) {
                harbour = fresh;
                VersionId dead = claim();
                fresh.write(dead, 1);
                fresh.write(dead, 2);
                fresh.pass(Orphans.DEAD_CLAIM);
                VersionId good = fresh.commit("good", 1);
                fresh.write(good, 2);
                faults = Faults.at(kind, call);
                try {
                    Orphans faulty =
                            new Orphans(fresh.repository(new FaultyStorage(fresh.storage, faults)), fresh.clock(), "c");
                    faulty.collect();
                    fresh.pass(Orphans.INTERVAL);
                    faulty.collect();
                } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                    assertThat(fresh.files(good)).as("with %s", faults).contains(NAMED);
                }
                fresh.pass(Orphans.GRACE);
                collect();
                collect();
                List<String> stays = List.of("claim.json", "manifest.json");
                assertThat(fresh.files(dead)).as("with %s", faults).containsExactlyInAnyOrderElementsOf(stays);
                assertThat(fresh.files(good))
                        .as("with %s", faults)
                        .containsExactlyInAnyOrder("claim.json", "manifest.json", NAMED);
            }
        } while (faults.reached());
        System.out.println(kind + ": " + call + " points");
        assertThat(call).isGreaterThan(8);
    }

    @Test
    void itLooksAtAllFoldersOnlyNowAndThen() {
        VersionId version = claim();
        harbour.write(version, 1);
        harbour.repository.abort(version, "given up");
        harbour.pass(Orphans.GRACE.minusNanos(1));
        Orphans orphans = new Orphans(harbour.repository, harbour.clock(), "collector");
        orphans.collect();

        harbour.pass(Orphans.INTERVAL.minusNanos(1));
        orphans.collect();
        assertThat(harbour.files(version)).as("due, but nobody looks yet").contains(NAMED);

        harbour.pass(Duration.ofNanos(1));
        orphans.collect();
        assertThat(harbour.files(version)).doesNotContain(NAMED);
    }

    private VersionId claim() {
        return harbour.repository.claim(ROUTES, new RunId("run"), 1).version();
    }

    private void collect() {
        new Orphans(harbour.repository, harbour.clock(), "collector").collect();
    }
}
