package io.slipway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.node.NodeStatus.Staging;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DatasetRulesTest {

    private static final DatasetName ROUTES = new DatasetName("routes");
    private static final Instant NOW = Instant.parse("2026-01-31T03:00:00Z");

    private static final GateReports PASSING =
            (evidence, version, against) -> Optional.of(new GateReport(against, List.of()));

    @Test
    void aCommittedVersionIsStaged() {
        DatasetEntry after = apply(committed(1), nothing());

        assertThat(state(after, 1)).isEqualTo(VersionState.STAGING);
    }

    @Test
    void aVersionBecomesCurrentOnceEveryNodeHasIt() {
        DatasetEntry staging = apply(committed(1), nothing());

        assertThat(state(apply(staging, observed(Phase.STAGED, Phase.STAGING)), 1))
                .isEqualTo(VersionState.STAGING);
        assertThat(state(apply(staging, observed(Phase.STAGED, Phase.STAGED)), 1))
                .isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aNodeThatDoesNotAnswerHoldsTheSwapBack() {
        DatasetEntry staging = apply(committed(1), nothing());
        Observation oneOfTwo = new Observation(2, List.of(status(1, Phase.STAGED)));

        assertThat(state(apply(staging, oneOfTwo), 1)).isEqualTo(VersionState.STAGING);
    }

    @Test
    void nothingIsStagedEverywhereWhereThereIsNoNode() {
        DatasetEntry staging = apply(committed(1), nothing());

        assertThat(state(apply(staging, new Observation(0, List.of())), 1)).isEqualTo(VersionState.STAGING);
    }

    @Test
    void aVersionThatANodeRefusesIsRejectedWithTheReasonAndTheOldOneStays() {
        DatasetEntry dataset = apply(with(current(1), committedEntry(2)), nothing());

        DatasetEntry after =
                apply(dataset, new Observation(1, List.of(new NodeStatus(1, Map.of(id(2), problem(Phase.REFUSED))))));

        assertThat(state(after, 2)).isEqualTo(VersionState.REJECTED);
        assertThat(after.version(2).orElseThrow().reason()).contains("offset 4096");
        assertThat(after.current().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void theOldVersionIsRetainedAfterASwap() {
        DatasetEntry staging = apply(with(current(1), committedEntry(2)), nothing());

        DatasetEntry after = apply(staging, new Observation(1, List.of(status(2, Phase.STAGED))));

        assertThat(after.current().orElseThrow().number()).isEqualTo(2);
        assertThat(state(after, 1)).isEqualTo(VersionState.RETAINED);
        assertThat(after.version(1).orElseThrow().lastCurrent()).contains(NOW);
    }

    @Test
    void aBacklogIsStagedInOrderAndOnlyItsLatestPart() {
        DatasetEntry dataset = DatasetEntry.empty(ROUTES);
        for (long number = 1; number <= 5; number++) {
            dataset = dataset.with(committedEntry(number));
        }

        DatasetEntry after = apply(dataset, nothing());

        assertThat(state(after, 1)).isEqualTo(VersionState.RETIRED);
        assertThat(state(after, 2)).isEqualTo(VersionState.RETIRED);
        assertThat(state(after, 3)).isEqualTo(VersionState.STAGING);
        assertThat(state(after, 4)).isEqualTo(VersionState.COMMITTED);
        assertThat(state(after, 5)).isEqualTo(VersionState.COMMITTED);
    }

    @Test
    void heldVersionsDoNotPushAGoodOneOutOfTheBacklog() {
        DatasetEntry dataset = current(1);
        for (long number = 2; number <= 6; number++) {
            dataset = dataset.with(committedEntry(number));
        }
        GateResult failed = new GateResult("records.drop", false, Optional.empty(), Optional.empty(), "Too few.");
        GateReports onlyTwoPasses = (evidence, version, against) ->
                Optional.of(new GateReport(against, version.number() == 2 ? List.of() : List.of(failed)));

        DatasetEntry after = DatasetRules.apply(dataset, nothing(), onlyTwoPasses, NOW);

        assertThat(state(after, 2)).isEqualTo(VersionState.STAGING);
        assertThat(state(after, 6)).isEqualTo(VersionState.HELD);
        assertThat(after.version(6).orElseThrow().reason()).isEqualTo("Too few.");
    }

    @Test
    void aVersionWhoseGatesHaveNotRunWaits() {
        DatasetEntry dataset = with(current(1), committedEntry(2));

        DatasetEntry after =
                DatasetRules.apply(dataset, nothing(), (evidence, version, against) -> Optional.empty(), NOW);

        assertThat(state(after, 2)).isEqualTo(VersionState.COMMITTED);
    }

    @Test
    void aVersionWhoseStagingFailsDoesNotHoldUpTheNext() {
        DatasetEntry dataset = apply(with(committed(1), committedEntry(2)), nothing());

        DatasetEntry after =
                apply(dataset, new Observation(1, List.of(new NodeStatus(1, Map.of(id(1), problem(Phase.FAILING))))));

        assertThat(state(after, 2)).isEqualTo(VersionState.STAGING);
    }

    @Test
    void whatANewerCurrentVersionMadeSuperfluousIsRetired() {
        DatasetEntry dataset = with(current(5), committedEntry(3));

        assertThat(state(apply(dataset, nothing()), 3)).isEqualTo(VersionState.RETIRED);
    }

    @Test
    void withManualSwapAStagedVersionWaits() {
        DatasetEntry manual = apply(committed(1), nothing());
        manual = manual.with(manual.settings().with("swap", "manual"));

        DatasetEntry after = apply(manual, new Observation(1, List.of(status(1, Phase.STAGED))));

        assertThat(state(after, 1)).isEqualTo(VersionState.STAGED);
    }

    @Test
    void afterARollbackNothingIsSwappedInByItself() {
        DatasetEntry held = apply(with(current(1), committedEntry(2)).withRolledBack(true), nothing());

        DatasetEntry after = apply(held, new Observation(1, List.of(status(2, Phase.STAGED))));

        assertThat(state(after, 2)).isEqualTo(VersionState.STAGED);
        assertThat(after.current().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aRequestedVersionIsSwappedInEvenAfterARollback() {
        DatasetEntry held = apply(with(current(1), committedEntry(2)).withRolledBack(true), nothing())
                .withRequested(OptionalLong.of(2));

        DatasetEntry after = apply(held, new Observation(1, List.of(status(2, Phase.STAGED))));

        assertThat(after.current().orElseThrow().number()).isEqualTo(2);
        assertThat(after.requested()).isEmpty();
        assertThat(after.rolledBack()).isFalse();
    }

    @Test
    void aRequestForARejectedVersionIsDropped() {
        DatasetEntry dataset =
                apply(with(current(1), committedEntry(2)), nothing()).withRequested(OptionalLong.of(2));

        DatasetEntry after =
                apply(dataset, new Observation(1, List.of(new NodeStatus(1, Map.of(id(2), problem(Phase.REFUSED))))));

        assertThat(after.requested()).isEmpty();
    }

    @Test
    void theLastTwoAndTheYoungOnesAreRetained() {
        DatasetEntry dataset = current(9);
        dataset = dataset.with(retained(4, Duration.ofHours(5), false))
                .with(retained(5, Duration.ofHours(4), false))
                .with(retained(6, Duration.ofHours(3), false))
                .with(retained(7, Duration.ofHours(2), true))
                .with(retained(8, Duration.ofMinutes(59), true));

        DatasetEntry after = apply(dataset, nothing());

        assertThat(state(after, 4)).isEqualTo(VersionState.RETIRED);
        assertThat(state(after, 5)).isEqualTo(VersionState.RETAINED);
        assertThat(state(after, 6)).isEqualTo(VersionState.RETAINED);
        assertThat(state(after, 7)).as("bad, and not young").isEqualTo(VersionState.RETIRED);
        assertThat(state(after, 8)).as("bad, but young").isEqualTo(VersionState.RETAINED);
    }

    @Test
    void nothingToDoChangesNothing() {
        DatasetEntry dataset = current(1);

        assertThat(apply(dataset, nothing())).isEqualTo(dataset);
    }

    private static DatasetEntry apply(DatasetEntry dataset, Observation nodes) {
        return DatasetRules.apply(dataset, nodes, PASSING, NOW);
    }

    private static VersionState state(DatasetEntry dataset, long number) {
        return dataset.version(number).orElseThrow().state();
    }

    private static DatasetEntry committed(long number) {
        return DatasetEntry.empty(ROUTES).with(committedEntry(number));
    }

    private static DatasetEntry with(DatasetEntry dataset, VersionEntry version) {
        return dataset.with(version);
    }

    private static VersionEntry committedEntry(long number) {
        return VersionEntry.committed(number, "00", NOW.minus(Duration.ofDays(1)));
    }

    private static DatasetEntry current(long number) {
        Instant then = NOW.minus(Duration.ofDays(1));
        return DatasetEntry.empty(ROUTES)
                .with(committedEntry(number)
                        .to(VersionState.STAGING, then, "")
                        .to(VersionState.STAGED, then, "")
                        .to(VersionState.CURRENT, then, ""))
                .withHighestCurrent(number);
    }

    private static VersionEntry retained(long number, Duration ago, boolean bad) {
        VersionEntry version = current(number).current().orElseThrow().to(VersionState.RETAINED, NOW.minus(ago), "");
        return bad ? version.markedBad("wrong") : version;
    }

    private static Observation nothing() {
        return new Observation(1, List.of(new NodeStatus(1, Map.of())));
    }

    private static Observation observed(Phase one, Phase other) {
        return new Observation(2, List.of(status(1, one), status(1, other)));
    }

    private static NodeStatus status(long version, Phase phase) {
        Map<VersionId, Staging> versions = new HashMap<>();
        versions.put(id(version), new Staging(phase, 0, 0, ""));
        return new NodeStatus(1, versions);
    }

    private static Staging problem(Phase phase) {
        return new Staging(phase, 0, 0, "part-00000-1-0.sst is damaged (offset 4096): expected 1, found 2.");
    }

    private static VersionId id(long number) {
        return new VersionId(ROUTES, number);
    }
}
