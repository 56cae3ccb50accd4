package io.slipway.model.catalog;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.value.SchemaCompatibility;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/**
 * What a publisher that sees no catalog has to know of a dataset ({@code spec/version-topic.md}, section "Datasets").
 * Immutable.
 *
 * @param dataset the dataset
 * @param route the route that it is published over
 * @param highest the highest number of its versions that the catalog has or the repository has claimed, or 0
 * @param duplicates what becomes of duplicate keys where a publish does not say
 * @param routingFields how many leading fields of a key route it; 0 for all
 * @param compatibility which changes of the value schema are accepted
 * @param deltaChain how many deltas may be on top of one another
 * @param current the version that readers read, if there is one
 * @param usable those of the versions up to {@code highest} that a delta may be on
 */
public record DatasetSummary(
        DatasetName dataset,
        Route route,
        long highest,
        DuplicatePolicy duplicates,
        int routingFields,
        SchemaCompatibility.Mode compatibility,
        int deltaChain,
        Optional<Current> current,
        List<Long> usable) {

    /** Takes a copy of the list. */
    public DatasetSummary {
        usable = List.copyOf(usable);
    }

    /**
     * The version that readers read.
     *
     * @param version its number
     * @param partitions its number of partitions
     * @param keySchema the schema of its keys
     * @param valueSchema the schema of its values
     */
    public record Current(long version, int partitions, Schema keySchema, Schema valueSchema) {}

    /** The summary of a dataset that no catalog knows yet, published over a route. */
    public static DatasetSummary unknown(DatasetName dataset, Route route) {
        DatasetSettings settings = DatasetSettings.DEFAULTS.with(Setting.ROUTE.name(), route.label());
        return of(DatasetEntry.empty(dataset).with(settings), Optional.empty());
    }

    /**
     * The summary of a dataset as the catalog has it.
     *
     * @param current the manifest of its current version, if it has one
     */
    public static DatasetSummary of(DatasetEntry entry, Optional<Manifest> current) {
        DatasetSettings settings = entry.settings();
        return new DatasetSummary(
                entry.name(),
                settings.get(Setting.ROUTE),
                entry.versions().isEmpty() ? 0 : entry.versions().lastKey(),
                settings.get(Setting.DUPLICATES),
                settings.get(Setting.ROUTING_FIELDS),
                settings.get(Setting.COMPATIBILITY),
                settings.get(Setting.DELTA_CHAIN),
                current.map(manifest -> new Current(
                        manifest.version().number(),
                        manifest.partitions().size(),
                        manifest.keySchema(),
                        manifest.valueSchema())),
                entry.versions().values().stream()
                        .filter(version ->
                                version.state() != VersionState.RETIRED && version.state() != VersionState.REJECTED)
                        .map(VersionEntry::number)
                        .toList());
    }

    /** This summary, if a number is higher than its highest with that one. */
    public DatasetSummary withClaimed(long number) {
        return new DatasetSummary(
                dataset,
                route,
                Math.max(highest, number),
                duplicates,
                routingFields,
                compatibility,
                deltaChain,
                current,
                usable);
    }

    /** The current version's id, if there is one. */
    public Optional<VersionId> currentId() {
        return current.map(version -> new VersionId(dataset, version.version()));
    }

    /** The current version's number, if there is one. */
    public OptionalLong currentNumber() {
        return current.map(version -> OptionalLong.of(version.version())).orElse(OptionalLong.empty());
    }

    /** Whether the catalog has given a version up: it is rejected or retired. */
    public boolean isGone(long version) {
        return version <= highest && !usable.contains(version);
    }
}
