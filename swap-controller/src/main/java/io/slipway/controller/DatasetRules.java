package io.slipway.controller;

import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.catalog.Setting.SwapMode;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of one dataset's versions by itself: pure functions from the catalog's entry and what the nodes say to a
 * changed entry. Stateless.
 *
 * <p>The rules:
 *
 * <ul>
 *   <li>Committed versions are staged in the order of their numbers, one after the other, so that after an outage the
 *       latest ones all become available; of a longer backlog only the latest {@code retention.versions} + 1, and what
 *       those are built on.
 *   <li>Before that it passes the gates that need manifests, and once it is staged those that need its records, or is held
 *       ({@link GateRules}).
 *   <li>A version is staged once every node that counts has it.
 *   <li>A staged version is swapped in if an operator asked for it, or by itself if it is above every version that was
 *       ever current, the dataset's {@code swap} setting allows it and nobody rolled back.
 *   <li>A delta is swapped in by itself only onto its base: where another version is current by then, it is held.
 *   <li>What is below a version that was current and never became current itself is superfluous, and retired.
 *   <li>Retained versions are retired when they are neither among the last {@code retention.versions} that are not
 *       marked bad nor were current within {@code retention.age}; rejected ones after {@code retention.age}.
 * </ul>
 */
final class DatasetRules {

    private DatasetRules() {}

    /** The dataset after all rules. */
    static DatasetEntry apply(DatasetEntry dataset, Observation nodes, GateReports reports, Instant now) {
        DatasetEntry changed = settleStaging(dataset, nodes, now);
        changed = GateRules.judge(changed, reports, now);
        changed = swapIn(changed, now);
        changed = retireSuperfluous(changed, now);
        changed = beginStaging(changed, nodes, now);
        return retireOld(changed, now);
    }

    /**
     * Makes a version current, in place of the one that is.
     *
     * @param version staged or retained
     */
    static DatasetEntry makeCurrent(DatasetEntry dataset, VersionEntry version, Instant now) {
        DatasetEntry changed = dataset;
        Optional<VersionEntry> current = dataset.current();
        if (current.isPresent()) {
            changed = changed.with(current.get().to(VersionState.RETAINED, now, ""));
        }
        changed = changed.with(version.to(VersionState.CURRENT, now, "").cleared())
                .withHighestCurrent(version.number());
        return dataset.requested().equals(OptionalLong.of(version.number()))
                ? changed.withRequested(OptionalLong.empty())
                : changed;
    }

    private static DatasetEntry settleStaging(DatasetEntry dataset, Observation nodes, Instant now) {
        DatasetEntry changed = dataset;
        for (VersionEntry version : in(dataset, VersionState.STAGING)) {
            Optional<String> refusal = nodes.refusal(dataset.id(version.number()));
            if (refusal.isPresent()) {
                changed = changed.with(version.to(VersionState.REJECTED, now, refusal.get()));
                continue;
            }
            VersionEntry settled = DeltaRules.settleResult(version, nodes.results(dataset.id(version.number())), now);
            boolean isStaged =
                    settled.state() == VersionState.STAGING && nodes.isStagedEverywhere(dataset.id(version.number()));
            changed = changed.with(isStaged ? settled.to(VersionState.STAGED, now, "") : settled);
        }
        return changed;
    }

    private static DatasetEntry swapIn(DatasetEntry dataset, Instant now) {
        List<VersionEntry> staged = passed(dataset, VersionState.STAGED);
        if (dataset.requested().isPresent()) {
            long requested = dataset.requested().getAsLong();
            return staged.stream()
                    .filter(version -> version.number() == requested)
                    .findFirst()
                    .map(version -> makeCurrent(dataset, version, now).withRolledBack(false))
                    .orElseGet(() -> withoutVainRequest(dataset, requested));
        }
        if (dataset.rolledBack() || dataset.settings().get(Setting.SWAP) == SwapMode.MANUAL) {
            return dataset;
        }
        List<VersionEntry> candidates = staged.stream()
                .filter(version -> version.number() > dataset.highestCurrent())
                .toList();
        return DeltaRules.fitting(dataset, candidates).stream()
                .max(Comparator.comparingLong(VersionEntry::number))
                .map(version -> makeCurrent(dataset, version, now))
                .orElseGet(() -> DeltaRules.hold(dataset, candidates, now));
    }

    private static DatasetEntry withoutVainRequest(DatasetEntry dataset, long requested) {
        boolean isPossible = dataset.version(requested)
                .filter(version -> version.state() == VersionState.COMMITTED
                        || version.state() == VersionState.STAGING
                        || version.state() == VersionState.STAGED)
                .isPresent();
        return isPossible ? dataset : dataset.withRequested(OptionalLong.empty());
    }

    private static DatasetEntry retireSuperfluous(DatasetEntry dataset, Instant now) {
        DatasetEntry changed = dataset;
        List<VersionEntry> waiting = in(dataset, VersionState.COMMITTED, VersionState.HELD, VersionState.STAGED);
        int room = dataset.settings().get(Setting.RETENTION_VERSIONS) + 1;
        List<Long> bases = DeltaRules.neededBases(dataset);
        for (VersionEntry version : waiting) {
            boolean isOvertaken = version.number() < dataset.highestCurrent();
            boolean isBeyondRoom = version.state() == VersionState.COMMITTED
                    && following(waiting, version) >= room
                    && !bases.contains(version.number());
            if ((isOvertaken || isBeyondRoom) && Protection.of(dataset, version).isEmpty()) {
                changed = changed.with(version.to(VersionState.RETIRED, now, "a newer version made it superfluous"));
            }
        }
        return changed;
    }

    /** How many versions are to come after one, those not counted that may never come. */
    private static long following(List<VersionEntry> waiting, VersionEntry version) {
        return waiting.stream()
                .filter(other -> other.number() > version.number() && other.state() != VersionState.HELD)
                .count();
    }

    private static DatasetEntry beginStaging(DatasetEntry dataset, Observation nodes, Instant now) {
        boolean isBusy = in(dataset, VersionState.STAGING).stream()
                .anyMatch(version -> nodes.isProgressing(dataset.id(version.number())));
        if (isBusy) {
            return dataset;
        }
        return passed(dataset, VersionState.COMMITTED).stream()
                .findFirst()
                .map(version -> dataset.with(version.to(VersionState.STAGING, now, "")))
                .orElse(dataset);
    }

    private static DatasetEntry retireOld(DatasetEntry dataset, Instant now) {
        Duration age = dataset.settings().get(Setting.RETENTION_AGE);
        Set<Long> kept = in(dataset, VersionState.RETAINED).stream()
                .filter(version -> !version.bad())
                .sorted(Comparator.comparing(DatasetRules::leftCurrent).reversed())
                .limit(dataset.settings().get(Setting.RETENTION_VERSIONS))
                .map(VersionEntry::number)
                .collect(Collectors.toSet());
        DatasetEntry changed = dataset;
        for (VersionEntry version : in(dataset, VersionState.RETAINED, VersionState.REJECTED)) {
            boolean isYoung = leftCurrent(version).plus(age).isAfter(now);
            if (!isYoung
                    && !kept.contains(version.number())
                    && Protection.of(dataset, version).isEmpty()) {
                changed = changed.with(version.to(VersionState.RETIRED, now, version.reason()));
            }
        }
        return changed;
    }

    /** When the version stopped being current, or for one that never was, when it got into its state. */
    static Instant leftCurrent(VersionEntry version) {
        return version.lastCurrent().orElse(version.since());
    }

    /** The versions in a state that have passed the gates against the current one. */
    private static List<VersionEntry> passed(DatasetEntry dataset, VersionState state) {
        return in(dataset, state).stream()
                .filter(version -> !GateRules.areDue(dataset, version))
                .toList();
    }

    private static List<VersionEntry> in(DatasetEntry dataset, VersionState... states) {
        Set<VersionState> wanted = Set.of(states);
        return dataset.versions().values().stream()
                .filter(version -> wanted.contains(version.state()))
                .toList();
    }
}
