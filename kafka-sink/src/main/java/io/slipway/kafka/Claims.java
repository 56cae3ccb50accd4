package io.slipway.kafka;

import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerState;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Claims versions in the ledger ({@code spec/version-topic.md}, section "Ledger"). */
final class Claims {

    private final Deployment deployment;
    private final Ledger ledger;
    private final DatasetSummary summary;

    Claims(Deployment deployment, Ledger ledger, DatasetSummary summary) {
        this.deployment = deployment;
        this.ledger = ledger;
        this.summary = summary;
    }

    /**
     * Joins the claim that the publication's run has, or claims the next number for it; before a number is used up, all is
     * checked that it fixes. If the run's version is committed already, that is the answer.
     */
    Claimed claim(Publication publication, KeyCodec keys) {
        while (true) {
            LedgerState state = settled(publication);
            Optional<LedgerVersion> live = live(state, publication);
            if (live.isPresent() && live.get().commit().isPresent()) {
                return new Claimed(live.get(), 0);
            }
            // Of the same state: a number above a claim that was not looked at could make the run hold two versions.
            Claim claim =
                    live.map(version -> joining(version, publication)).orElseGet(() -> first(state, publication, keys));
            ledger.append(claim);
            Optional<LedgerVersion> mine = ledger.readAll().version(claim.version());
            int session =
                    mine.map(version -> version.sessionOf(claim.writeId())).orElse(0);
            if (session > 0 && mine.get().abort().isEmpty()) {
                return new Claimed(mine.get(), session);
            }
        }
    }

    /** What {@link #claim} would claim or join, without doing so. */
    Claimed preview(Publication publication, KeyCodec keys) {
        LedgerState state = ledger.read();
        return new Claimed(
                live(state, publication).orElseGet(() -> LedgerVersion.claimed(first(state, publication, keys))), 0);
    }

    /** The ledger, after a transaction that the run's dead driver left open was settled. */
    private LedgerState settled(Publication publication) {
        LedgerState state = ledger.read();
        Optional<LedgerVersion> live = live(state, publication);
        if (live.isEmpty() || live.get().isDecided()) {
            return state;
        }
        deployment.cluster().fence(List.of(deployment.names().driver(live.get().version())));
        return ledger.readAll();
    }

    private static Optional<LedgerVersion> live(LedgerState state, Publication publication) {
        return state.live(publication.dataset(), publication.runId());
    }

    private Claim joining(LedgerVersion version, Publication publication) {
        return claim(
                version.version(),
                publication,
                version.claim().partitions(),
                version.claim().base());
    }

    private Claim first(LedgerState state, Publication publication, KeyCodec keys) {
        long number = Math.max(state.highest(publication.dataset()), summary.highest()) + 1;
        VersionId next = new VersionId(publication.dataset(), number);
        if (publication.isDelta()) {
            KafkaBase base = KafkaBase.of(state, summary, KafkaBase.wanted(summary, publication), publication);
            return claim(
                    next,
                    publication,
                    base.manifest().partitions().size(),
                    OptionalLong.of(base.manifest().version().number()));
        }
        int partitions = PublishRules.partitions(
                publication,
                summary.current()
                        .map(current -> OptionalInt.of(current.partitions()))
                        .orElse(OptionalInt.empty()));
        new Partitioner(partitions, summary.routingFields(), keys);
        return claim(next, publication, partitions, OptionalLong.empty());
    }

    private Claim claim(VersionId version, Publication publication, int partitions, OptionalLong base) {
        return new Claim(
                version,
                publication.runId(),
                partitions,
                base,
                deployment.owner(),
                deployment.clock().instant(),
                deployment.newWriteId());
    }
}
