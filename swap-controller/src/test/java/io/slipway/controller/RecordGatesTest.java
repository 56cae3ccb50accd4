package io.slipway.controller;

import static io.slipway.controller.Harbour.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.controller.Operations.SwapOutcome;
import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.canary.CanaryText;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataFindings.Failure;
import io.slipway.model.node.DataFindings.SampledChanges;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.DataQuestion.Sample;
import io.slipway.model.node.NodeStatus.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates that need a staged version's records, with a node that finds what a test says. */
class RecordGatesTest {

    private static final DataFindings GOOD = new DataFindings(List.of(), Optional.empty(), "");
    private static final DataFindings BAD =
            new DataFindings(List.of(new Failure("LAX exists", "there is no such key")), Optional.empty(), "");

    @TempDir
    private Path folder;

    private Harbour harbour;
    private VersionId first;

    @BeforeEach
    void serveAVersion() {
        harbour = new Harbour(folder);
        first = harbour.swapIn("one", 1000);
        set("gate.canary", "LAX exists");
    }

    @AfterEach
    void close() {
        harbour.close();
    }

    @Test
    void aVersionWhoseCanaryFailsIsHeldOnceItIsStagedAndTheOldOneStaysCurrent() {
        VersionId second = staged("two");
        harbour.node.find(second, BAD);
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason())
                .isEqualTo("Of 1 canary 1 failed: LAX exists (there is no such key).");
        assertThat(harbour.state(first)).isEqualTo(VersionState.CURRENT);
        GateReport report = harbour.entry(second).review().dataGates().orElseThrow();
        assertThat(report.against()).isEqualTo(OptionalLong.of(1));
        assertThat(report.results()).extracting(GateResult::gate).containsExactly("canary");
        assertThat(harbour.entry(second).review().gates().orElseThrow().isHeld())
                .as("its manifest was good")
                .isFalse();
    }

    @Test
    void whileTheNodeIsLookingTheVersionIsStagedAndNothingMoves() {
        VersionId second = staged("two");

        assertThat(harbour.controller().cycle()).isFalse();
        assertThat(harbour.state(second)).isEqualTo(VersionState.STAGED);
        assertThat(harbour.state(first)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.node.questions())
                .isNotEmpty()
                .containsOnly(new DataQuestion(second, CanaryText.parse("LAX exists"), Optional.empty()));

        harbour.node.find(second, GOOD);
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.entry(second).review().dataGates().orElseThrow().isHeld())
                .isFalse();
    }

    @Test
    void aNodeThatIsAwayJudgesNothing() {
        VersionId second = staged("two");
        harbour.node.find(second, GOOD);
        harbour.node.goAway();

        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.STAGED);
        assertThat(harbour.entry(second).review().dataGates()).isEmpty();
        harbour.node.comeBack();
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void theNextNodeIsAskedWhereOneCannotLook() {
        FakeNode other = new FakeNode();
        VersionId second = harbour.commit("two", 1000);
        List.of(first, second).forEach(version -> other.put(version, Phase.STAGED));
        other.find(second, BAD);
        Controller controller = new Controller(
                harbour.repository, harbour.catalog, List.of(harbour.node, other), harbour.clock(), "controller");

        Harbour.settle(controller);

        assertThat(harbour.state(second)).as("held before all nodes have it").isEqualTo(VersionState.HELD);
    }

    @Test
    void anApprovedVersionIsSwappedInWhateverItsRecordsAre() {
        VersionId second = staged("two");
        harbour.node.find(second, BAD);
        Harbour.settle(harbour.controller());

        harbour.approvals().approve(ROUTES, 2, "ann", "LAX is closed");
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.entry(second).review().dataGates().orElseThrow().isHeld())
                .as("what was found stays on record")
                .isTrue();
    }

    @Test
    void aSwapThatAnOperatorAsksForWaitsForTheGatesToo() {
        set("swap", "manual");
        VersionId second = staged("two");

        assertThat(harbour.operations().swap(ROUTES, 2, "ann", "")).isEqualTo(SwapOutcome.REQUESTED);
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(second)).isEqualTo(VersionState.STAGED);

        harbour.node.find(second, BAD);
        Harbour.settle(harbour.controller());
        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.dataset().requested()).isEmpty();
        assertThat(harbour.state(first)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aVersionThatPassedIsSwappedInAtOnceAndJudgedAgainAfterAnotherBecameCurrent() {
        set("swap", "manual");
        VersionId second = staged("two");
        VersionId third = staged("three");
        harbour.node.find(second, GOOD);
        harbour.node.find(third, GOOD);
        Harbour.settle(harbour.controller());

        assertThat(harbour.operations().swap(ROUTES, 2, "ann", "")).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(harbour.operations().swap(ROUTES, 3, "ann", ""))
                .as("its gates passed against version 1")
                .isEqualTo(SwapOutcome.REQUESTED);
        harbour.node.find(third, BAD);
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(third)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(third).review().dataGates().orElseThrow().against())
                .isEqualTo(OptionalLong.of(2));
        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aSampleIsComparedWithTheCurrentVersionWhereALimitIsSet() {
        set("gate.canary", "off");
        set("gate.changed", "10%");
        set("gate.changed.sample", "500");
        VersionId second = staged("two");
        harbour.node.find(
                second, new DataFindings(List.of(), Optional.of(new SampledChanges(500, 10, 41, 500, 0)), ""));
        Harbour.settle(harbour.controller());

        assertThat(harbour.node.questions())
                .contains(new DataQuestion(second, List.of(), Optional.of(new Sample(first, 500))));
        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason()).contains("10.2% would answer something else");
    }

    @Test
    void aComparisonThatFailsHoldsTheVersionWithTheReason() {
        set("gate.canary", "off");
        set("gate.changed", "10%");
        VersionId second = staged("two");
        harbour.node.find(second, new DataFindings(List.of(), Optional.empty(), "A value is not of its schema."));
        Harbour.settle(harbour.controller());

        assertThat(harbour.state(second)).isEqualTo(VersionState.HELD);
        assertThat(harbour.entry(second).reason()).contains("could not be evaluated", "not of its schema");
    }

    @Test
    void noNodeIsAskedWhereNoGateWantsToKnow() {
        set("gate.canary", "off");
        VersionId second = harbour.swapIn("two", 1000);

        assertThat(harbour.state(second)).isEqualTo(VersionState.CURRENT);
        assertThat(harbour.entry(second).review().dataGates()).isEmpty();
        assertThat(harbour.node.questions()).isEmpty();
    }

    @Test
    void aCanaryThatNobodyCanReadIsRefusedWhenItIsSet() {
        assertThatThrownBy(() -> set("gate.canary", "LAX: latitude > high"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Setting gate.canary: In the canary 'LAX: latitude > high', at character 17");
        assertThat(harbour.dataset().settings().text(io.slipway.model.catalog.GateSettings.CANARY))
                .isEqualTo("LAX exists");
    }

    private void set(String name, String value) {
        harbour.operations().set(ROUTES, Map.of(name, value), "ann", "");
    }

    private VersionId staged(String run) {
        VersionId version = harbour.commit(run, 1000);
        harbour.stage(version);
        assertThat(harbour.state(version)).isEqualTo(VersionState.STAGED);
        return version;
    }
}
