package io.slipway.controller.gates;

import io.slipway.model.catalog.GateResult;
import io.slipway.model.catalog.Setting;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure of the new version alone, in percent.
 *
 * @param limit the setting with the limit
 * @param what the figure in words, as the beginning of a sentence
 * @param figure the figure of a version
 */
record ShareGate(Setting<OptionalDouble> limit, String what, ToDoubleFunction<Manifest> figure) implements Gate {

    @Override
    public String name() {
        return Gate.name(limit);
    }

    @Override
    public Optional<GateResult> check(Comparison comparison) {
        OptionalDouble most = comparison.limit(limit);
        if (most.isEmpty() || comparison.next().delta().isPresent()) {
            return Optional.empty();
        }
        double share = figure.applyAsDouble(comparison.next());
        String words =
                what + " " + Measured.percent(share) + "; the limit is " + Measured.percent(most.getAsDouble()) + ".";
        return Optional.of(Measured.atMost(name(), share, most.getAsDouble(), words));
    }

    /** The largest partition's records, in percent of an equal share. */
    static double largestPartition(Manifest manifest) {
        long largest = manifest.partitions().stream()
                .map(PartitionEntry::digest)
                .mapToLong(digest -> digest.records())
                .max()
                .orElse(0);
        long records = manifest.digest().records();
        return records == 0 ? 100 : 100.0 * largest * manifest.partitions().size() / records;
    }

    /** The duplicates that were left out, in percent of all records that were written. */
    static double duplicates(Manifest manifest) {
        long written = manifest.digest().records() + manifest.duplicates();
        return written == 0 ? 0 : 100.0 * manifest.duplicates() / written;
    }
}
