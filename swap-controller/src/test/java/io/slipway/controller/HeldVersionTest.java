package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Approval;
import io.slipway.model.catalog.CatalogJson;
import io.slipway.model.catalog.Change;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.StoredFile;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.ProcessDiedError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeldVersionTest {

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
    void aShrunkenVersionIsHeldAndTheOldOneStaysCurrent() {
        VersionId first = harbour.swapIn("one", 1000);
        VersionId second = harbour.commit("two", 700);

        Harbour.settle(harbour.controller());

        assertThat(harbour.state(first)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason()).contains("fell by 30%, from 1,000 to 700; the limit is 20%");
        assertThat(harbour.entry(second).review().gates().orElseThrow().against())
                .isEqualTo(OptionalLong.of(1));
    }

    @Test
    void anApprovedVersionIsStagedAndSwappedInAndTheCatalogSaysWhoAndWhy() {
        harbour.swapIn("one", 1000);
        VersionId second = held("two", 700);

        harbour.approvals().approve(ROUTES, 2, "ann", "the source was cleaned up");
        assertThat(harbour.state(second)).isEqualTo(VersionState.STAGING);
        harbour.node.put(second, Phase.STAGED);
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.entry(second).review().approval())
                .contains(new Approval(
                        "ann", "the source was cleaned up", harbour.clock().instant()));
        assertThat(harbour.entry(second).review().gates().orElseThrow().isHeld())
                .as("what was found stays on record")
                .isTrue();
        assertThat(changes())
                .extracting(Change::who, Change::what, Change::why)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "ann", "approve version 2 of routes", "the source was cleaned up"));
    }

    @Test
    void approvingTwiceIsApprovingOnce() {
        harbour.swapIn("one", 1000);
        held("two", 700);

        harbour.approvals().approve(ROUTES, 2, "ann", "fine");
        long sequence = harbour.catalog.latest().sequence();
        harbour.approvals().approve(ROUTES, 2, "ben", "fine too");

        assertThat(harbour.catalog.latest().sequence()).isEqualTo(sequence);
    }

    @Test
    void aRejectedVersionIsNeverSwappedIn() {
        VersionId first = harbour.swapIn("one", 1000);
        VersionId second = held("two", 700);

        harbour.approvals().reject(ROUTES, 2, "ann", "half the files were missing");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.REJECTED);
        assertThat(harbour.entry(second).reason()).isEqualTo("Rejected by ann: half the files were missing");
        assertThat(harbour.state(first)).isEqualTo(VersionState.CURRENT);
        assertThatThrownBy(() -> harbour.approvals().approve(ROUTES, 2, "ben", "no"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Version 2 of routes is REJECTED, not held");
        assertThatThrownBy(() -> harbour.operations().swap(ROUTES, 2, "ben", "no"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void onlyWhatIsHeldIsApprovedOrRejectedAndOnlyWithAReason() {
        harbour.swapIn("one", 1000);

        for (String verb : List.of("approve", "reject")) {
            assertThatThrownBy(() -> decide(verb, 1, "because"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is CURRENT, not held");
            assertThatThrownBy(() -> decide(verb, 1, " "))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("--reason");
            assertThatThrownBy(() -> decide(verb, 9, "because"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("no version 9 of routes");
        }
    }

    private void decide(String verb, long version, String why) {
        if (verb.equals("approve")) {
            harbour.approvals().approve(ROUTES, version, "ann", why);
        } else {
            harbour.approvals().reject(ROUTES, version, "ann", why);
        }
    }

    @Test
    void theGatesRunAgainWhenAnotherVersionBecameCurrentSince() {
        harbour.operations().set(ROUTES, Map.of("swap", "manual"), "ann", "");
        VersionId first = harbour.commit("one", 1000);
        harbour.stage(first);
        harbour.operations().swap(ROUTES, 1, "ann", "");
        VersionId second = harbour.commit("two", 1200);
        harbour.stage(second);
        VersionId third = harbour.commit("three", 900);
        harbour.stage(third);
        assertThat(harbour.state(third)).as("against 1, which has 1,000").isEqualTo(VersionState.STAGED);

        harbour.operations().swap(ROUTES, 2, "ann", "");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(third)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(third).reason()).contains("fell by 25%, from 1,200 to 900");
    }

    @Test
    void aVersionBehindAHeldOneGoesPastIt() {
        harbour.swapIn("one", 1000);
        VersionId second = held("two", 700);
        VersionId third = harbour.swapIn("three", 1000);

        assertThat(harbour.state(third)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.state(second)).as("superfluous now").isEqualTo(VersionState.RETIRED);
    }

    @Test
    void aSwapThatWasAskedForIsForgottenWhenAGateHoldsTheVersion() {
        harbour.swapIn("one", 1000);
        VersionId second = harbour.commit("two", 0);

        harbour.operations().swap(ROUTES, 2, "ann", "");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.dataset().requested()).isEmpty();
    }

    @Test
    void approvingAVersionAfterARollbackEndsTheHoldOnTheDataset() {
        harbour.swapIn("one", 1000);
        harbour.swapIn("two", 1000);
        harbour.operations().rollback(ROUTES, OptionalLong.empty(), "ann", "wrong");
        VersionId third = harbour.commit("three", 1000);
        harbour.stage(third);
        assertThat(harbour.state(third)).isEqualTo(VersionState.STAGED);

        harbour.approvals().approve(ROUTES, 3, "ann", "mended");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(third)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.dataset().rolledBack()).isFalse();
    }

    @Test
    void aManifestThatWasChangedSinceItWasFoundHoldsTheVersion() {
        harbour.swapIn("one", 1000);
        VersionId second = harbour.commit("two", 1000);
        harbour.operations().swap(ROUTES, 2, "ann", "");
        harbour.storage.delete(Layout.file(second, Layout.MANIFEST));
        harbour.repository.commit(harbour.manifest(second, "two", 1000));

        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason()).contains("could not be evaluated", "SHA-256");
    }

    @Test
    void aCurrentManifestThatCannotBeReadHoldsTheVersion() {
        VersionId first = harbour.swapIn("one", 1000);
        VersionId second = harbour.commit("two", 1000);
        harbour.storage.delete(Layout.file(first, Layout.MANIFEST));

        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason()).contains("could not be evaluated");
    }

    @ParameterizedTest
    @EnumSource(names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void whateverFailsWhileItIsApprovedOrRejectedARepeatSettlesIt(Faults.Kind kind) {
        int points = 0;
        boolean isOver = false;
        for (int call = 1; !isOver; call++) {
            for (String verb : List.of("approve", "reject")) {
                try (Harbour fresh = new Harbour(folder)) {
                    harbour = fresh;
                    fresh.swapIn("one", 1000);
                    VersionId second = held("two", 700);
                    Faults faults = Faults.at(kind, call);
                    Approvals faulty =
                            new Approvals(fresh.catalog(new FaultyStorage(fresh.storage, faults)), fresh.clock());
                    try {
                        decide(faulty, verb);
                    } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                        assertThat(fresh.state(second))
                                .as("%s with %s", verb, faults)
                                .isIn(VersionState.HELD, after(verb));
                    }
                    decide(fresh.approvals(), verb);
                    assertThat(fresh.state(second))
                            .as("%s with %s", verb, faults)
                            .isEqualTo(after(verb));
                    assertThat(changes().stream()
                                    .filter(change -> change.who().equals("ann"))
                                    .count())
                            .as("%s is on record once with %s", verb, faults)
                            .isEqualTo(1);
                    isOver = !faults.reached();
                    points++;
                }
            }
        }
        System.out.println(kind + ": " + points + " points");
        assertThat(points).isGreaterThan(6);
    }

    private static VersionState after(String verb) {
        return verb.equals("approve") ? VersionState.STAGING : VersionState.REJECTED;
    }

    private static void decide(Approvals approvals, String verb) {
        if (verb.equals("approve")) {
            approvals.approve(ROUTES, 2, "ann", "because");
        } else {
            approvals.reject(ROUTES, 2, "ann", "because");
        }
    }

    @Test
    void twoControllersThatRaceJudgeAVersionOnce() {
        harbour.swapIn("one", 1000);
        int calls = 1;
        for (int call = 1; call <= calls; call++) {
            VersionId version = harbour.commit("run-" + call, 100);
            Controller other = harbour.controller();
            Faults faults = Faults.pause(call, () -> Harbour.settle(other));

            Harbour.settle(harbour.controller(new FaultyStorage(harbour.storage, faults)));

            assertThat(harbour.state(version)).as("with %s", faults).isEqualTo(VersionState.HELD);
            assertThat(harbour.entry(version).review().gates().orElseThrow().against())
                    .isEqualTo(OptionalLong.of(1));
            harbour.approvals().reject(ROUTES, version.number(), "ann", "a test");
            calls = Math.min(faults.calls(), 60);
        }
        assertThat(calls).isGreaterThan(10);
    }

    private VersionId held(String run, long records) {
        VersionId version = harbour.commit(run, records);
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(version)).isEqualTo(VersionState.HELD);
        return version;
    }

    private List<Change> changes() {
        return harbour.storage.files(Layout.CATALOG).stream()
                .map(StoredFile::name)
                .map(name -> Layout.CATALOG + "/" + name)
                .map(path -> CatalogJson.readChange(path, harbour.storage.read(path)))
                .toList();
    }
}
