package io.slipway.kafka.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ManifestDocument;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerStateTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");

    private final LedgerState state = new LedgerState();

    @Test
    void theFirstClaimOfANumberHoldsItAndThoseOfItsRunJoin() {
        apply(claim(1, "run-1", "a"), claim(1, "run-2", "b"), claim(1, "run-1", "c"));
        LedgerVersion version = state.version(id(1)).orElseThrow();
        assertThat(version.runId()).isEqualTo(new RunId("run-1"));
        assertThat(version.newestSession()).isEqualTo(2);
        assertThat(version.sessionOf("a")).isEqualTo(1);
        assertThat(version.sessionOf("b")).isZero();
        assertThat(version.sessionOf("c")).isEqualTo(2);
    }

    @Test
    void aNumberBelowAnotherIsNotClaimed() {
        apply(claim(5, "run-1", "a"), claim(3, "run-2", "b"));
        assertThat(state.versions(DATASET)).extracting(LedgerVersion::version).containsExactly(id(5));
    }

    @Test
    void theFirstDecisionHolds() {
        apply(claim(1, "run-1", "a"), commit(1, "run-1"), abort(1, "run-1"), claim(2, "run-2", "b"));
        apply(abort(2, "run-2"), commit(2, "run-2"));
        assertThat(state.version(id(1)).orElseThrow().commit()).isPresent();
        assertThat(state.version(id(1)).orElseThrow().abort()).isEmpty();
        assertThat(state.version(id(2)).orElseThrow().commit()).isEmpty();
        assertThat(state.version(id(2)).orElseThrow().abort()).isPresent();
    }

    @Test
    void onlyTheRunThatHoldsAVersionDecidesIt() {
        apply(claim(1, "run-1", "a"), commit(1, "run-2"), commit(2, "run-1"));
        assertThat(state.versions(DATASET)).hasSize(1);
        assertThat(state.version(id(1)).orElseThrow().isDecided()).isFalse();
    }

    @Test
    void aRunThatWasAbortedHoldsNothing() {
        apply(claim(1, "run-1", "a"), abort(1, "run-1"));
        assertThat(state.live(DATASET, new RunId("run-1"))).isEmpty();
        apply(claim(2, "run-1", "b"));
        assertThat(state.live(DATASET, new RunId("run-1")).map(LedgerVersion::version))
                .contains(id(2));
    }

    @Test
    void processesOfOneRunClaimOneVersionHoweverLateEachReads() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            simulate(random, seed, round);
        }
    }

    /** Processes that claim as publishers do, each on a view of the ledger that ends anywhere before its append. */
    private static void simulate(Random random, long seed, int round) {
        List<Claim> log = new ArrayList<>();
        int processes = 2 + random.nextInt(6);
        Map<Integer, Long> views = new HashMap<>();
        Map<Integer, VersionId> ends = new HashMap<>();
        while (ends.size() < processes) {
            int process = random.nextInt(processes);
            if (ends.containsKey(process)) {
                continue;
            }
            if (!views.containsKey(process)) {
                views.put(process, (long) log.size()); // Reads, and sleeps before it appends.
                continue;
            }
            String run = process % 2 == 0 ? "shared" : "other-" + process;
            LedgerState view = stateOf(log, views.remove(process).intValue());
            long number = view.live(DATASET, new RunId(run))
                    .map(version -> version.version().number())
                    .orElse(view.highest(DATASET) + 1);
            String writeId = process + "-" + log.size();
            log.add(claim(number, run, writeId));
            stateOf(log, log.size())
                    .version(id(number))
                    .filter(version -> version.sessionOf(writeId) > 0)
                    .ifPresent(version -> ends.put(process, version.version()));
        }
        assertThat(ends.entrySet().stream()
                        .filter(end -> end.getKey() % 2 == 0)
                        .map(Map.Entry::getValue)
                        .distinct())
                .as("seed %d, round %d: %s", seed, round, log)
                .hasSize(1);
        assertThat(ends.values().stream().distinct())
                .as("seed %d, round %d: %s", seed, round, log)
                .hasSize(1 + processes / 2);
    }

    private static LedgerState stateOf(List<Claim> log, int end) {
        LedgerState state = new LedgerState();
        log.subList(0, end).forEach(state::apply);
        return state;
    }

    private void apply(ControlRecord... records) {
        for (ControlRecord record : records) {
            state.apply(record);
        }
    }

    private static VersionId id(long number) {
        return new VersionId(DATASET, number);
    }

    private static Claim claim(long number, String run, String writeId) {
        return new Claim(id(number), new RunId(run), 3, OptionalLong.empty(), "test", Instant.EPOCH, writeId);
    }

    private static Commit commit(long number, String run) {
        return new Commit(
                id(number),
                new RunId(run),
                1,
                3,
                Digest.EMPTY,
                "",
                Optional.of(new ManifestDocument(new byte[0])),
                Optional.empty());
    }

    private static Abort abort(long number, String run) {
        return new Abort(id(number), new RunId(run), 1, "wrong input");
    }
}
