package io.slipway.controller.gates;

import io.slipway.controller.gates.ChangeGate.Change;
import io.slipway.controller.gates.ChangeGate.Direction;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** All gates that need nothing but manifests. Stateless. */
public final class Gates {

    private static final List<Gate> ALL = List.of(
            new EmptyGate(),
            new ChangeGate(GateSettings.RECORDS_DROP, "records", Direction.DROP, Gates::leastRecords),
            new ChangeGate(GateSettings.RECORDS_GROWTH, "records", Direction.GROWTH, Gates::mostRecords),
            new CountGate(GateSettings.RECORDS_LEAST),
            new CountGate(GateSettings.RECORDS_MOST),
            new ChangeGate(GateSettings.BYTES_DROP, "bytes", Direction.DROP, Gates::bytes),
            new ChangeGate(GateSettings.BYTES_GROWTH, "bytes", Direction.GROWTH, Gates::bytes),
            new SchemaGate(),
            new FieldGate(GateSettings.NULLS, FieldDrift::nulls),
            new FieldGate(GateSettings.MEAN_DRIFT, FieldDrift::mean),
            new FieldGate(GateSettings.RANGE_DRIFT, FieldDrift::range),
            new ShareGate(
                    GateSettings.PARTITION_SKEW,
                    "The largest partition has, of an equal share,",
                    ShareGate::largestPartition),
            new ShareGate(
                    GateSettings.DUPLICATES,
                    "Of the records that were written, duplicates were",
                    ShareGate::duplicates));

    private Gates() {}

    /**
     * Runs all gates. They fail closed: one that cannot be evaluated holds the version.
     *
     * @param settings the dataset's settings, which have the limits
     * @param current the current version, or none for a first publication, which passes whatever compares two versions
     * @param currentRecords how many records readers find in the current version, which a delta's manifest does not tell
     * @param next the version that is to follow it
     */
    public static GateReport run(
            DatasetSettings settings, Optional<Manifest> current, long currentRecords, Manifest next) {
        return run(ALL, new Comparison(settings, current, currentRecords, next));
    }

    static GateReport run(List<Gate> gates, Comparison comparison) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            try {
                gate.check(comparison).ifPresent(results::add);
            } catch (RuntimeException e) {
                results.add(failed(gate.name(), String.valueOf(e)));
            }
        }
        OptionalLong against = comparison
                .current()
                .map(current -> OptionalLong.of(current.version().number()))
                .orElseGet(OptionalLong::empty);
        return new GateReport(against, results);
    }

    /**
     * The report where the gates could not run at all.
     *
     * @param against the number of the current version, if there is one
     * @param problem why, as a sentence
     */
    public static GateReport failed(OptionalLong against, String problem) {
        return new GateReport(against, List.of(failed("gates", problem)));
    }

    private static Optional<Change> leastRecords(Comparison comparison) {
        return Optional.of(new Change(comparison.currentRecords(), comparison.leastRecords()));
    }

    private static Optional<Change> mostRecords(Comparison comparison) {
        return Optional.of(new Change(comparison.currentRecords(), comparison.mostRecords()));
    }

    private static Optional<Change> bytes(Comparison comparison) {
        return comparison
                .current()
                .filter(current -> comparison.isOfFullVersions())
                .map(current -> new Change(current.bytes(), comparison.next().bytes()));
    }

    private static GateResult failed(String gate, String problem) {
        String words = "The gate " + gate + " could not be evaluated, which holds the version: " + problem;
        return new GateResult(gate, false, Optional.empty(), Optional.empty(), words);
    }
}
