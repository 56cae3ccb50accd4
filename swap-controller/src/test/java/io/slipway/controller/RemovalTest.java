package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.ProcessDiedError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemovalTest {

    private static final List<String> STAYS = List.of("claim.json", "manifest.json");

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
    void aPinnedVersionSurvivesRetentionUntilItIsUnpinned() {
        harbour.operations().set(ROUTES, Map.of("retention.versions", "0", "retention.age", "1m"), "ann", "");
        VersionId first = harbour.swapIn("one", 10);
        harbour.removal().pin(ROUTES, 1, "ann", "the quarter's figures");
        harbour.swapIn("two", 10);
        harbour.pass(Duration.ofDays(30));
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(first)).isEqualTo(VersionState.RETAINED);

        harbour.removal().unpin(ROUTES, 1, "ann", "");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(first)).isEqualTo(VersionState.RETIRED);
    }

    @Test
    void aRetainedVersionIsRetiredOnDemandAndItsFilesGoOnceNoNodeHasIt() {
        VersionId first = harbour.swapIn("one", 10);
        harbour.swapIn("two", 10);

        harbour.removal().retire(ROUTES, 1, "ann", "somebody's name was in it");
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(first)).isEqualTo(VersionState.RETIRED);
        assertThat(harbour.entry(first).reason()).isEqualTo("somebody's name was in it");
        assertThat(harbour.files(first)).isNotEqualTo(STAYS);

        harbour.node.remove(first);
        harbour.controller().cycle();
        assertThat(harbour.files(first)).isEqualTo(STAYS);
    }

    @Test
    void whatIsNeededIsNotRetired() {
        harbour.swapIn("one", 10);
        harbour.swapIn("two", 10);
        harbour.removal().pin(ROUTES, 1, "ann", "");
        harbour.commit("three", 10);
        harbour.operations().set(ROUTES, Map.of("swap", "manual"), "ann", "");
        harbour.controller().cycle();

        assertThatThrownBy(() -> harbour.removal().retire(ROUTES, 1, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Version 1 of routes is pinned: `slipway unpin` it first.");
        assertThatThrownBy(() -> harbour.removal().retire(ROUTES, 2, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Version 2 of routes is current");
        assertThatThrownBy(() -> harbour.removal().retire(ROUTES, 3, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Version 3 of routes is STAGING and cannot be retired now");
        harbour.operations().swap(ROUTES, 3, "ann", "");
        assertThatThrownBy(() -> harbour.removal().retire(ROUTES, 3, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("to be swapped in");
        assertThatThrownBy(() -> harbour.removal().retire(ROUTES, 4, "ann", "")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aRetiredVersionCannotBePinned() {
        harbour.swapIn("one", 10);
        harbour.swapIn("two", 10);
        harbour.removal().retire(ROUTES, 1, "ann", "");

        assertThatThrownBy(() -> harbour.removal().pin(ROUTES, 1, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is retired");
    }

    @Test
    void aDroppedDatasetHasNothingLeftAndCanBePublishedAgain() {
        VersionId first = harbour.swapIn("one", 10);
        VersionId second = harbour.swapIn("two", 10);
        VersionId staging = harbour.commit("three", 10);
        harbour.controller().cycle();
        assertThat(harbour.state(staging)).isEqualTo(VersionState.STAGING);

        assertThat(harbour.removal().drop(ROUTES, "ann", "nobody reads it")).containsExactly(1L, 2L, 3L);
        for (VersionId version : List.of(first, second, staging)) {
            harbour.node.remove(version);
            assertThat(harbour.state(version)).isEqualTo(VersionState.RETIRED);
        }
        harbour.controller().cycle();
        assertThat(harbour.files(second)).isEqualTo(STAYS);
        assertThat(harbour.dataset().current()).isEmpty();

        assertThat(harbour.swapIn("four", 1).number()).isEqualTo(4);
    }

    @Test
    void aDatasetWithAPinnedVersionIsNotDropped() {
        VersionId first = harbour.swapIn("one", 10);
        harbour.swapIn("two", 10);
        harbour.removal().pin(ROUTES, 1, "ann", "");

        assertThatThrownBy(() -> harbour.removal().drop(ROUTES, "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Version 1 of routes is pinned");
        assertThat(harbour.state(first)).isEqualTo(VersionState.RETAINED);
    }

    @Test
    void aDatasetThatIsNotThereCannotBeDropped() {
        assertThatThrownBy(() -> harbour.removal().drop(ROUTES, "ann", "")).isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource(names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void whateverFailsWhileAVersionIsRetiredTheNextCycleFinishesIt(Faults.Kind kind) {
        Faults faults;
        int call = 0;
        do {
            call++;
            try (Harbour fresh = new Harbour(folder)) {
                VersionId first = fresh.swapIn("one", 10);
                VersionId second = fresh.swapIn("two", 10);
                faults = Faults.at(kind, call);
                FaultyStorage storage = new FaultyStorage(fresh.storage, faults);
                try {
                    new Removal(fresh.catalog(storage), fresh.clock()).retire(ROUTES, 1, "ann", "");
                    fresh.node.remove(first);
                    fresh.controller(storage).cycle();
                } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                    boolean isWhole = fresh.files(first).contains("part-00000-1-1.sst");
                    assertThat(isWhole || fresh.state(first) == VersionState.RETIRED)
                            .as("nothing goes that the catalog still has, with %s", faults)
                            .isTrue();
                }
                fresh.node.remove(first);
                fresh.removal().retire(ROUTES, 1, "ann", "");
                Harbour.settle(fresh.controller());
                fresh.controller().cycle();
                assertThat(fresh.files(first)).as("with %s", faults).isEqualTo(STAYS);
                assertThat(fresh.files(second)).contains("part-00000-1-1.sst");
            }
        } while (faults.reached());
        System.out.println(kind + ": " + call + " points");
        assertThat(call).isGreaterThan(6);
    }
}
