package io.slipway.controller;

import io.slipway.controller.gates.Gates;
import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.node.DataFindings;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs the gates on versions that have not passed them against the current one yet. Used by one thread.
 *
 * <p>It reads manifests, and nothing else: what there is to know of a version's records a node finds out meanwhile ({@link
 * Inquiry}), so that a run is short however large a version is. A version of which a node is still finding out is not
 * judged, and stays as it is until a later run.
 */
final class GateKeeper {

    private final Repository repository;
    private final Inquiry inquiry;

    /**
     * A gate keeper.
     *
     * @param inquiry asks nodes about records
     */
    GateKeeper(Repository repository, Inquiry inquiry) {
        this.repository = repository;
        this.inquiry = inquiry;
    }

    /**
     * Runs the gates on whatever needs them.
     *
     * @throws UnavailableException if a manifest cannot be read now
     */
    GateReports run(Catalog catalog, Observation nodes) {
        Map<Key, GateReport> reports = new HashMap<>();
        for (DatasetEntry dataset : catalog.datasets().values()) {
            for (VersionEntry version : dataset.versions().values()) {
                for (Evidence evidence : Evidence.values()) {
                    if (GateRules.areDue(evidence, dataset, version)) {
                        Key key = new Key(evidence, dataset.id(version.number()), GateRules.against(dataset));
                        run(evidence, dataset, version, nodes).ifPresent(report -> reports.put(key, report));
                    }
                }
            }
        }
        return (evidence, version, against) -> Optional.ofNullable(reports.get(new Key(evidence, version, against)));
    }

    private Optional<GateReport> run(Evidence evidence, DatasetEntry dataset, VersionEntry version, Observation nodes) {
        try {
            return switch (evidence) {
                case MANIFESTS -> Optional.of(gates(dataset, version).judgeManifests());
                case RECORDS -> judgeRecords(dataset, version, nodes);
            };
        } catch (UnavailableException e) {
            throw e;
        } catch (SlipwayException e) {
            return Optional.of(Gates.failed(GateRules.against(dataset), String.valueOf(e.getMessage())));
        }
    }

    /** What the gates find in the records, once a node has staged the version and found out what there is to know. */
    private Optional<GateReport> judgeRecords(DatasetEntry dataset, VersionEntry version, Observation nodes) {
        boolean isCounted = version.delta().isEmpty() || result(version).isPresent();
        if (!isCounted || !nodes.isStagedSomewhere(dataset.id(version.number()))) {
            return Optional.empty();
        }
        Optional<DataFindings> findings = inquiry.findings(dataset, version);
        return findings.map(
                found -> gates(dataset, version).judgeRecords(result(version).map(Digest::records), found));
    }

    private Gates gates(DatasetEntry dataset, VersionEntry version) {
        Optional<Manifest> current = dataset.current().map(entry -> manifest(dataset, entry));
        return new Gates(dataset.settings(), current, records(dataset, current), manifest(dataset, version));
    }

    /** What readers find in the current version: of a delta what its base and its changes come to. */
    private static long records(DatasetEntry dataset, Optional<Manifest> current) {
        return dataset.current()
                .flatMap(GateKeeper::result)
                .or(() -> current.map(Manifest::digest))
                .map(Digest::records)
                .orElse(0L);
    }

    private static Optional<Digest> result(VersionEntry version) {
        return version.delta().flatMap(DeltaEntry::result);
    }

    private Manifest manifest(DatasetEntry dataset, VersionEntry version) {
        VersionId id = dataset.id(version.number());
        Decision.Committed committed = repository.committed(id);
        if (!committed.sha256().equals(version.manifestSha256())) {
            throw new CorruptDataException(
                    Layout.file(id, Layout.MANIFEST), "SHA-256", version.manifestSha256(), committed.sha256());
        }
        return committed.manifest();
    }

    private record Key(Evidence evidence, VersionId version, OptionalLong against) {}
}
