package io.slipway.controller;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Repository;
import io.slipway.model.topic.TopicClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What publishers that see no catalog are told of its datasets, whatever their route: a publisher of another route has to
 * be refused too. Used by one thread.
 */
final class DatasetSummaries {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetSummaries.class);

    private final Repository repository;

    /** The manifests of the versions that were current when last looked, so that they are read once. */
    private final Map<DatasetName, Manifest> currents = new HashMap<>();

    DatasetSummaries(Repository repository) {
        this.repository = repository;
    }

    /**
     * The summaries of a catalog's datasets.
     *
     * @param claims what is known of topics: numbers that the repository has and they do not are of the other route, and
     *     taken as well
     */
    List<DatasetSummary> of(Catalog catalog, List<TopicClaim> claims) {
        Set<VersionId> overTopics = claims.stream().map(TopicClaim::version).collect(Collectors.toSet());
        List<DatasetSummary> summaries = new ArrayList<>();
        for (DatasetEntry dataset : catalog.datasets().values()) {
            try {
                long claimed = repository.versions(dataset.name()).stream()
                        .filter(version -> !overTopics.contains(version))
                        .mapToLong(VersionId::number)
                        .max()
                        .orElse(0);
                summaries.add(DatasetSummary.of(dataset, current(dataset)).withClaimed(claimed));
            } catch (CorruptDataException | UnsupportedFormatException | NotFoundException e) {
                LOG.debug("Publishers are not told of {}: its current version's manifest cannot be read", dataset, e);
            }
        }
        return summaries;
    }

    private Optional<Manifest> current(DatasetEntry dataset) {
        return dataset.current().map(version -> manifest(dataset.id(version.number())));
    }

    private Manifest manifest(VersionId version) {
        return currents.compute(
                version.dataset(),
                (name, before) -> before != null && before.version().equals(version)
                        ? before
                        : repository.committed(version).manifest());
    }
}
