package io.slipway.kafka.ledger;

import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What the ledger says, up to some offset: the meaning of its records, one after the other. Not thread-safe.
 *
 * <p>The first claim of a number holds it, if the number is above all that were claimed before for the dataset; a later
 * one of the same number joins if it is of the same run; any other is void. That numbers only ascend is what makes two
 * processes of one run, however late one of them reads, claim one version. The first decision of a claimed version is its
 * decision; any other is void.
 */
public final class LedgerState {

    private final Map<DatasetName, NavigableMap<Long, LedgerVersion>> datasets = new TreeMap<>();

    /** The state before the first record. */
    public LedgerState() {}

    /** A copy, which what comes later does not change. */
    LedgerState copy() {
        LedgerState copy = new LedgerState();
        datasets.forEach((name, versions) -> copy.datasets.put(name, new TreeMap<>(versions)));
        return copy;
    }

    /** Takes the ledger's next record. Records that are void, or have no place in a ledger, change nothing. */
    public void apply(ControlRecord record) {
        if (record instanceof Claim claim) {
            apply(claim);
        } else if (record instanceof Commit commit && commit.manifest().isPresent()) {
            change(commit, version -> version.decided(commit));
        } else if (record instanceof Abort abort) {
            change(abort, version -> version.decided(abort));
        }
    }

    /** A version, if it was claimed. */
    public Optional<LedgerVersion> version(VersionId id) {
        return Optional.ofNullable(of(id.dataset()).get(id.number()));
    }

    /** The datasets of which a version was ever claimed. */
    public List<DatasetName> datasets() {
        return List.copyOf(datasets.keySet());
    }

    /** The versions of a dataset that were ever claimed, in ascending order. */
    public List<LedgerVersion> versions(DatasetName dataset) {
        return List.copyOf(of(dataset).values());
    }

    /** The version that a run holds and that was not aborted, if there is one. */
    public Optional<LedgerVersion> live(DatasetName dataset, RunId run) {
        return of(dataset).descendingMap().values().stream()
                .filter(version ->
                        version.runId().equals(run) && version.abort().isEmpty())
                .findFirst();
    }

    /** The highest number that was claimed, or 0. */
    public long highest(DatasetName dataset) {
        return of(dataset).isEmpty() ? 0 : of(dataset).lastKey();
    }

    private void apply(Claim claim) {
        DatasetName dataset = claim.version().dataset();
        if (claim.version().number() > highest(dataset)) {
            datasets.computeIfAbsent(dataset, name -> new TreeMap<>())
                    .put(claim.version().number(), LedgerVersion.claimed(claim));
        } else {
            change(claim, version -> version.joinedBy(claim));
        }
    }

    /** Changes the version of a record of the run that holds it. */
    private void change(ControlRecord record, UnaryOperator<LedgerVersion> change) {
        of(record.version().dataset())
                .computeIfPresent(
                        record.version().number(),
                        (number, version) -> version.runId().equals(record.runId()) ? change.apply(version) : version);
    }

    private NavigableMap<Long, LedgerVersion> of(DatasetName dataset) {
        return datasets.getOrDefault(dataset, new TreeMap<>());
    }
}
