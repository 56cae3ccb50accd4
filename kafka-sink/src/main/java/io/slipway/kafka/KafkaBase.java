package io.slipway.kafka;

import io.slipway.kafka.ledger.LedgerState;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.Route;
import java.util.Optional;

/**
 * The version that a delta is on, found fit for it by what ledger and dataset's summary say. Immutable.
 *
 * @param version the version
 */
record KafkaBase(CommittedVersion version) {

    /**
     * The base of a publication.
     *
     * @param number its number
     * @throws io.slipway.model.InvalidInputException if a delta cannot be on it
     */
    static KafkaBase of(LedgerState ledger, DatasetSummary summary, long number, Publication publication) {
        VersionId id = new VersionId(summary.dataset(), number);
        KafkaBase base = ledger.version(id)
                .flatMap(found -> found.committed())
                .map(KafkaBase::new)
                .orElseThrow(() -> PublishRules.missingBase(id));
        if (summary.isGone(number)) {
            throw PublishRules.goneBase(id, "rejected or retired");
        }
        PublishRules.checkBase(base.manifest(), Route.KAFKA, summary.routingFields(), publication);
        PublishRules.checkChain(summary.dataset(), base.deltas(ledger) + 1, summary.deltaChain());
        return base;
    }

    /** The number of the base that a publication asks for: the one that it names, or the current version. */
    static long wanted(DatasetSummary summary, Publication publication) {
        if (publication.base().isPresent()) {
            return publication.base().getAsLong();
        }
        return summary.currentNumber().orElseThrow(() -> PublishRules.noCurrentBase(summary.dataset()));
    }

    Manifest manifest() {
        return version.manifest();
    }

    /** What the delta's manifest is to say of it. */
    Delta delta(long deletes) {
        return new Delta(manifest().version().number(), version.manifestSha256(), deletes);
    }

    /** How many deltas are on top of one another up to this version. */
    private int deltas(LedgerState ledger) {
        int deltas = 0;
        Optional<Manifest> next = Optional.of(manifest());
        while (next.flatMap(Manifest::base).isPresent()) {
            deltas++;
            next = next.flatMap(Manifest::base)
                    .flatMap(ledger::version)
                    .flatMap(found -> found.committed())
                    .map(CommittedVersion::manifest);
        }
        return deltas;
    }
}
