package io.slipway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Approval;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
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

class DeltaRulesTest {

    private static final DatasetName ROUTES = new DatasetName("routes");
    private static final Instant NOW = Instant.parse("2026-01-31T03:00:00Z");
    private static final Instant THEN = NOW.minus(Duration.ofDays(1));
    private static final Digest RESULT = new Digest(0xab, 100);

    @Test
    void aDeltaIsSwappedOntoItsBaseAndItsResultIsNoted() {
        DatasetEntry after = apply(current(1).with(staging(2, 1)), staged(2, RESULT));

        assertThat(state(after, 2)).isEqualTo(VersionState.CURRENT);
        assertThat(state(after, 1)).isEqualTo(VersionState.RETAINED);
        assertThat(after.version(2).orElseThrow().delta()).hasValue(new DeltaEntry(1, Optional.of(RESULT)));
    }

    @Test
    void theFirstResultIsNotedBeforeAllNodesHaveTheDelta() {
        Observation oneOfTwo = new Observation(2, List.of(status(Map.of(2L, RESULT)), status(Map.of())));

        DatasetEntry after = apply(current(1).with(staging(2, 1)), oneOfTwo);

        assertThat(state(after, 2)).isEqualTo(VersionState.STAGING);
        assertThat(after.version(2).orElseThrow().delta()).hasValue(new DeltaEntry(1, Optional.of(RESULT)));
    }

    @Test
    void aDeltaOfWhichNodesFindDifferentResultsIsRejected() {
        Digest other = new Digest(0xcd, 100);
        Observation two = new Observation(2, List.of(status(Map.of(2L, RESULT)), status(Map.of(2L, other))));

        DatasetEntry after = apply(current(1).with(staging(2, 1)), two);

        assertThat(state(after, 2)).isEqualTo(VersionState.REJECTED);
        assertThat(after.version(2).orElseThrow().reason()).contains(RESULT.hex(), other.hex(), "100 records");
        assertThat(state(after, 1)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aDeltaWithAnotherResultThanTheOneThatWasNotedIsRejected() {
        DatasetEntry noted = current(1).with(staging(2, 1).withResult(new Digest(0xcd, 7)));

        assertThat(state(apply(noted, staged(2, RESULT)), 2)).isEqualTo(VersionState.REJECTED);
    }

    @Test
    void aDeltaIsHeldWhereAnotherVersionThanItsBaseIsCurrent() {
        DatasetEntry dataset =
                current(3).with(version(1, VersionState.RETAINED)).with(staging(4, 1));

        DatasetEntry after = apply(dataset, staged(4, RESULT));

        assertThat(state(after, 4)).isEqualTo(VersionState.HELD);
        assertThat(after.version(4).orElseThrow().reason())
                .contains("delta on version 1", "version 3 is current", "full version");
        assertThat(state(after, 3)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aDeltaThatAnOperatorLetThroughIsSwappedInWhateverIsCurrent() {
        Review approved = Review.NONE.withApproval(new Approval("ann", "it changes other keys", NOW));
        DatasetEntry dataset = current(3)
                .with(version(1, VersionState.RETAINED))
                .with(staging(4, 1).with(approved));

        assertThat(state(apply(dataset, staged(4, RESULT)), 4)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void ofTwoDeltasOnOneBaseTheSecondIsHeld() {
        DatasetEntry after = apply(current(1).with(staging(2, 1)).with(committed(3, 1)), staged(2, RESULT));
        assertThat(state(after, 2)).isEqualTo(VersionState.CURRENT);

        // The gates judge it anew, since another version became current.
        after = apply(apply(after, staged(3, RESULT)), staged(3, RESULT));

        assertThat(state(after, 3)).isEqualTo(VersionState.HELD);
        assertThat(state(after, 2)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aChainThatIsStagedAtOnceIsSwappedInStepByStep() {
        DatasetEntry dataset = current(1).with(staging(2, 1)).with(staging(3, 2));
        Observation both = new Observation(1, List.of(status(Map.of(2L, RESULT, 3L, RESULT))));

        DatasetEntry after = apply(dataset, both);
        assertThat(state(after, 2)).isEqualTo(VersionState.CURRENT);
        assertThat(state(after, 3)).isEqualTo(VersionState.STAGED);
        assertThat(state(apply(after, both), 3)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void aDeltaWaitsForABaseThatIsStillBeingStaged() {
        DatasetEntry dataset = current(1).with(staging(2, 1)).with(staging(3, 2));

        DatasetEntry after = apply(dataset, staged(3, RESULT));

        assertThat(state(after, 3)).isEqualTo(VersionState.STAGED);
        assertThat(state(after, 1)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void anOperatorSwapsADeltaOntoWhateverIsCurrent() {
        DatasetEntry dataset = current(3)
                .with(version(1, VersionState.RETAINED))
                .with(staging(4, 1))
                .withRequested(OptionalLong.of(4));

        assertThat(state(apply(dataset, staged(4, RESULT)), 4)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void ofABacklogOfDeltasWhatTheLatestAreBuiltOnIsStagedToo() {
        DatasetEntry dataset = current(1);
        for (long number = 2; number <= 8; number++) {
            dataset = dataset.with(committed(number, number - 1));
        }

        DatasetEntry after = apply(dataset, new Observation(1, List.of(status(Map.of()))));

        assertThat(state(after, 2)).isEqualTo(VersionState.STAGING);
        for (long number = 3; number <= 8; number++) {
            assertThat(state(after, number)).isEqualTo(VersionState.COMMITTED);
        }
    }

    @Test
    void whatAVersionInUseIsBuiltOnIsNeeded() {
        DatasetEntry dataset = DatasetEntry.empty(ROUTES)
                .with(version(1, VersionState.RETIRED))
                .with(delta(2, 1, VersionState.RETIRED))
                .with(delta(3, 2, VersionState.CURRENT))
                .with(version(4, VersionState.RETIRED))
                .with(delta(5, 4, VersionState.RETIRED))
                .with(delta(6, 4, VersionState.REJECTED));

        assertThat(DeltaRules.neededBases(dataset)).containsExactlyInAnyOrder(1L, 2L);
    }

    private static DatasetEntry apply(DatasetEntry dataset, Observation nodes) {
        GateReports passing = (evidence, version, against) -> Optional.of(new GateReport(against, List.of()));
        return DatasetRules.apply(dataset, nodes, passing, NOW);
    }

    private static VersionState state(DatasetEntry dataset, long number) {
        return dataset.version(number).orElseThrow().state();
    }

    private static DatasetEntry current(long number) {
        return DatasetEntry.empty(ROUTES)
                .with(version(number, VersionState.CURRENT))
                .withHighestCurrent(number);
    }

    private static VersionEntry version(long number, VersionState state) {
        return new VersionEntry(number, state, "00", NOW, Optional.empty(), false, "");
    }

    private static VersionEntry delta(long number, long base, VersionState state) {
        return new VersionEntry(
                number, state, "00", THEN, Optional.empty(), false, "", Optional.of(DeltaEntry.on(base)), Review.NONE);
    }

    private static VersionEntry committed(long number, long base) {
        return delta(number, base, VersionState.COMMITTED);
    }

    private static VersionEntry staging(long number, long base) {
        return delta(number, base, VersionState.STAGING);
    }

    private static Observation staged(long version, Digest result) {
        return new Observation(1, List.of(status(Map.of(version, result))));
    }

    private static NodeStatus status(Map<Long, Digest> results) {
        Map<VersionId, Staging> versions = new HashMap<>();
        results.forEach((number, result) ->
                versions.put(new VersionId(ROUTES, number), new Staging(Phase.STAGED, 1, 1, "", Optional.of(result))));
        return new NodeStatus(1, versions);
    }
}
