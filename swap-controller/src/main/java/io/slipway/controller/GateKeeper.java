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
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs the gates on versions that have not passed them against the current one yet. Used by one thread. */
final class GateKeeper {

    private final Repository repository;

    GateKeeper(Repository repository) {
        this.repository = repository;
    }

    /**
     * Runs the gates on whatever needs them.
     *
     * @throws UnavailableException if a manifest cannot be read now
     */
    GateReports run(Catalog catalog) {
        Map<Key, GateReport> reports = new HashMap<>();
        for (DatasetEntry dataset : catalog.datasets().values()) {
            for (VersionEntry version : dataset.versions().values()) {
                if (GateRules.areDue(dataset, version)) {
                    reports.put(
                            new Key(dataset.id(version.number()), GateRules.against(dataset)), run(dataset, version));
                }
            }
        }
        return (version, against) -> Optional.ofNullable(reports.get(new Key(version, against)));
    }

    private GateReport run(DatasetEntry dataset, VersionEntry version) {
        try {
            Optional<Manifest> current = dataset.current().map(entry -> manifest(dataset, entry));
            return Gates.run(dataset.settings(), current, records(dataset, current), manifest(dataset, version));
        } catch (UnavailableException e) {
            throw e;
        } catch (SlipwayException e) {
            return Gates.failed(GateRules.against(dataset), String.valueOf(e.getMessage()));
        }
    }

    /** What readers find in the current version: of a delta what its base and its changes come to. */
    private static long records(DatasetEntry dataset, Optional<Manifest> current) {
        return dataset.current()
                .flatMap(VersionEntry::delta)
                .flatMap(DeltaEntry::result)
                .or(() -> current.map(Manifest::digest))
                .map(Digest::records)
                .orElse(0L);
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

    private record Key(VersionId version, OptionalLong against) {}
}
