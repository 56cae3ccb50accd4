package io.slipway.controller.gates;

import io.slipway.controller.gates.ChangeGate.Change;
import io.slipway.controller.gates.ChangeGate.Direction;
import io.slipway.model.SlipwayException;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.GateSettings;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.node.DataFindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The gates that a version passes against the current one: those that need manifests, then those that need its records.
 * They fail closed: one that cannot be evaluated holds the version. Immutable.
 */
public final class Gates {

    private static final List<Gate> OF_COUNT = List.of(
            new EmptyGate(),
            new ChangeGate(GateSettings.RECORDS_DROP, "records", Direction.DROP, Gates::records),
            new ChangeGate(GateSettings.RECORDS_GROWTH, "records", Direction.GROWTH, Gates::records),
            new CountGate(GateSettings.RECORDS_LEAST),
            new CountGate(GateSettings.RECORDS_MOST));

    private static final List<Gate> OF_MANIFESTS = List.of(
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

    private static final List<Gate> OF_RECORDS = List.of(new CanaryGate(), new ChangedGate());

    private final DatasetSettings settings;
    private final Optional<Manifest> current;
    private final long currentRecords;
    private final Manifest next;

    /**
     * The gates for a version.
     *
     * @param settings the dataset's settings, which have the limits
     * @param current the current version, or none for a first publication, which passes whatever compares two versions
     * @param currentRecords how many records readers find in the current version, which a delta's manifest does not tell
     * @param next the version that is to follow it
     */
    public Gates(DatasetSettings settings, Optional<Manifest> current, long currentRecords, Manifest next) {
        this.settings = settings;
        this.current = current;
        this.currentRecords = currentRecords;
        this.next = next;
    }

    /** Runs those that need manifests; of a delta, without those of the number of records, which is not known yet. */
    public GateReport judgeManifests() {
        Optional<Long> records = next.delta().isPresent()
                ? Optional.empty()
                : Optional.of(next.digest().records());
        return run(all(OF_COUNT, OF_MANIFESTS), comparison(records, Optional.empty()));
    }

    /**
     * Runs those that need the records of the staged version; of a delta also those of their number.
     *
     * @param result how many records readers are to find, of a delta
     * @param findings what a node found in the records
     */
    public GateReport judgeRecords(Optional<Long> result, DataFindings findings) {
        List<Gate> gates = next.delta().isPresent() ? all(OF_COUNT, OF_RECORDS) : OF_RECORDS;
        return run(gates, comparison(result, Optional.of(findings)));
    }

    private Comparison comparison(Optional<Long> nextRecords, Optional<DataFindings> findings) {
        return new Comparison(settings, current, currentRecords, next, nextRecords, findings);
    }

    private static List<Gate> all(List<Gate> first, List<Gate> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    static GateReport run(List<Gate> gates, Comparison comparison) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            try {
                gate.check(comparison).ifPresent(results::add);
            } catch (SlipwayException e) {
                results.add(failed(gate.name(), String.valueOf(e.getMessage())));
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

    private static Optional<Change> records(Comparison comparison) {
        return comparison.nextRecords().map(records -> new Change(comparison.currentRecords(), records));
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
