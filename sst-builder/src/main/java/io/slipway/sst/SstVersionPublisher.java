package io.slipway.sst;

import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.Setting;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/**
 * Publishes versions as bundles in a repository (DESIGN §5, SST route). Thread-safe, and safe for any number of
 * processes.
 *
 * <p>Everything that can be refused is refused here, before any data is written: schemas, compatibility with what
 * readers read now, partitions, the run id. The claim fixes the number of partitions, so that all sessions of a run
 * agree.
 */
public final class SstVersionPublisher implements VersionPublisher {

    private final Repository repository;
    private final CatalogStore catalog;
    private final InstantSource clock;
    private final String engine;

    /**
     * A publisher into a repository.
     *
     * @param repository where versions are claimed and decided
     * @param catalog tells the datasets' settings and what is current; only read
     * @param clock the time, for the provenance
     * @param engine what runs the job, for the provenance
     */
    public SstVersionPublisher(Repository repository, CatalogStore catalog, InstantSource clock, String engine) {
        this.repository = repository;
        this.catalog = catalog;
        this.clock = clock;
        this.engine = engine;
    }

    @Override
    public PublishSession begin(Publication publication) {
        KeyCodec keys = KeyCodec.of(PublishRules.keySchema(publication));
        Schema valueSchema = PublishRules.valueSchema(publication);
        DatasetEntry dataset = catalog.latest().datasetOrEmpty(publication.dataset());
        PublishRules.checkRoute(dataset.name(), dataset.settings().get(Setting.ROUTE), Route.SST);
        Optional<Manifest> current = current(dataset);
        current.ifPresent(manifest -> PublishRules.checkSchemas(
                dataset.settings().get(Setting.COMPATIBILITY),
                manifest.version(),
                manifest.keySchema(),
                manifest.valueSchema(),
                publication));
        Claim claim = claim(publication, dataset, keys, current);
        Optional<CommittedVersion> committed = alreadyCommitted(publication, claim);
        PublishRules.checkSameKind(publication, claim.version(), claim.base());
        Optional<BaseVersion> base = committed.isPresent() ? Optional.empty() : base(publication, claim);
        int session = committed.isPresent() ? 0 : repository.joinSession(claim.version());
        int routingFields = dataset.settings().get(Setting.ROUTING_FIELDS);
        Partitioner partitioner = new Partitioner(claim.partitions(), routingFields, keys);
        return new SstPublishSession(
                repository,
                publication.withDuplicates(
                        publication.duplicates().orElse(dataset.settings().get(Setting.DUPLICATES))),
                claim,
                session,
                FileShape.of(dataset.settings()),
                partitioner,
                keys,
                valueSchema,
                base,
                committed,
                clock,
                engine);
    }

    /** The run's claim; before a number is used up, all is checked that it fixes. */
    private Claim claim(Publication publication, DatasetEntry dataset, KeyCodec keys, Optional<Manifest> current) {
        if (!publication.isDelta()) {
            int partitions = PublishRules.partitions(
                    publication,
                    current.map(manifest -> OptionalInt.of(manifest.partitions().size()))
                            .orElse(OptionalInt.empty()));
            new Partitioner(partitions, dataset.settings().get(Setting.ROUTING_FIELDS), keys);
            return repository.claim(publication.dataset(), publication.runId(), partitions);
        }
        Optional<Claim> earlier = repository
                .claimOf(publication.dataset(), publication.runId())
                .filter(found -> !(repository.decision(found.version()).orElse(null) instanceof Decision.Aborted));
        if (earlier.isPresent()) {
            return earlier.get(); // Its base may be none that a new claim could have.
        }
        BaseVersion base = BaseVersion.of(repository, dataset, BaseVersion.wanted(dataset, publication), publication);
        return repository.claim(
                publication.dataset(),
                publication.runId(),
                base.manifest().partitions().size(),
                OptionalLong.of(base.manifest().version().number()));
    }

    /**
     * What the claimed version is a delta on, if it is one. Looked at only now, with the catalog as it is after the
     * claim: from there on the claim keeps the base's files.
     */
    private Optional<BaseVersion> base(Publication publication, Claim claim) {
        if (claim.base().isEmpty()) {
            return Optional.empty();
        }
        DatasetEntry dataset = catalog.latest().datasetOrEmpty(publication.dataset());
        return Optional.of(BaseVersion.of(repository, dataset, claim.base().getAsLong(), publication));
    }

    /** If it is aborted at this very moment, the session's commit says so. */
    private Optional<CommittedVersion> alreadyCommitted(Publication publication, Claim claim) {
        if (repository.decision(claim.version()).orElse(null) instanceof Decision.Committed committed) {
            PublishRules.checkSameWork(publication, committed.manifest());
            return Optional.of(new CommittedVersion(committed.manifest(), committed.sha256()));
        }
        return Optional.empty();
    }

    private Optional<Manifest> current(DatasetEntry dataset) {
        return dataset.current()
                .map(version ->
                        repository.committed(dataset.id(version.number())).manifest());
    }
}
