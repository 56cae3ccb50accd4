package io.slipway.controller;

import io.slipway.model.DatasetName;
import io.slipway.model.PerDataset;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.GateReport;
import io.slipway.model.catalog.Review;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;

/** What a controller counts, for each dataset of the catalog apart. Thread-safe; one thread counts. */
final class ControllerCounts {

    private final PerDataset<OfDataset> datasets = new PerDataset<>(OfDataset::new);
    private volatile Optional<Instant> lastRound = Optional.empty();

    /** Notes that a cycle came to its end, with the catalog as it is now. */
    void round(Catalog catalog, Instant now) {
        catalog.datasets().forEach((name, dataset) -> datasets.of(name).held = held(dataset));
        datasets.all().forEach((name, counts) -> {
            if (!catalog.datasets().containsKey(name)) {
                counts.held = 0;
            }
        });
        lastRound = Optional.of(now);
    }

    private static long held(DatasetEntry dataset) {
        return dataset.versions().values().stream()
                .filter(version -> version.state() == VersionState.HELD)
                .count();
    }

    /** Counts what gates have found from one catalog to another. */
    void judged(Catalog before, Catalog after) {
        for (DatasetEntry dataset : after.datasets().values()) {
            DatasetEntry earlier = before.datasetOrEmpty(dataset.name());
            for (VersionEntry version : dataset.versions().values()) {
                Review old = earlier.version(version.number())
                        .map(VersionEntry::review)
                        .orElse(Review.NONE);
                judged(dataset.name(), old.gates(), version.review().gates());
                judged(dataset.name(), old.dataGates(), version.review().dataGates());
            }
        }
    }

    private void judged(DatasetName dataset, Optional<GateReport> before, Optional<GateReport> after) {
        if (after.isPresent() && !after.equals(before)) {
            OfDataset counts = datasets.of(dataset);
            (after.get().isHeld() ? counts.heldVerdicts : counts.passedVerdicts).increment();
        }
    }

    /** When a cycle came to its end last; none if none did. */
    Optional<Instant> lastRound() {
        return lastRound;
    }

    /** The counts by dataset. */
    SortedMap<String, OfDataset> datasets() {
        return datasets.byName();
    }

    /** The counts of one dataset. Thread-safe. */
    static final class OfDataset {
        private final LongAdder passedVerdicts = new LongAdder();
        private final LongAdder heldVerdicts = new LongAdder();
        private volatile long held;

        /** How often the gates were run on a version and let it pass. */
        long passedVerdicts() {
            return passedVerdicts.sum();
        }

        /** How often the gates were run on a version and held it. */
        long heldVerdicts() {
            return heldVerdicts.sum();
        }

        /** How many versions are held now. */
        long held() {
            return held;
        }
    }
}
