package io.slipway.sst;

import io.slipway.model.InvalidInputException;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DatasetSettings;
import io.slipway.model.catalog.Setting;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Repository;
import io.slipway.model.value.SchemaCompatibility;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    private static final long BYTES_PER_PARTITION = 64L << 20;

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
        Schema keySchema = publication.keySchema().orElseThrow(() -> withoutSchema("key"));
        Schema valueSchema = publication.valueSchema().orElseThrow(() -> withoutSchema("value"));
        KeyCodec keys = KeyCodec.of(keySchema);
        DatasetEntry dataset = catalog.latest().datasetOrEmpty(publication.dataset());
        checkRoute(dataset);
        Optional<Manifest> current = current(dataset);
        current.ifPresent(manifest -> checkSchemas(dataset.settings(), manifest, keys, valueSchema));
        Claim claim = claim(publication, dataset, keys, current);
        Optional<CommittedVersion> committed = alreadyCommitted(publication, claim);
        checkSameKind(publication, claim);
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
                base,
                committed,
                clock,
                engine);
    }

    /** The run's claim; before a number is used up, all is checked that it fixes. */
    private Claim claim(Publication publication, DatasetEntry dataset, KeyCodec keys, Optional<Manifest> current) {
        if (!publication.isDelta()) {
            int partitions = partitions(publication, current);
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

    /** Refuses a publication that uses the run id of a version of another kind. */
    private static void checkSameKind(Publication publication, Claim claim) {
        if (publication.isDelta() != claim.base().isPresent()
                || (publication.base().isPresent() && !publication.base().equals(claim.base()))) {
            throw new InvalidInputException("Run id " + publication.runId() + " is that of " + claim.version()
                    + ", which is "
                    + (claim.base().isPresent()
                            ? "a delta on version " + claim.base().getAsLong()
                            : "a full version")
                    + ". Use a new run id for new work.");
        }
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
            checkSameWork(publication, committed.manifest());
            return Optional.of(new CommittedVersion(committed.manifest(), committed.sha256()));
        }
        return Optional.empty();
    }

    /** Refuses a publication that uses the run id of other work. */
    static void checkSameWork(Publication publication, Manifest manifest) {
        if (!fingerprints(publication.inputs())
                        .equals(fingerprints(manifest.provenance().inputs()))
                || !publication.parameters().equals(manifest.provenance().parameters())
                || !publication.job().equals(manifest.provenance().job())) {
            throw new InvalidInputException("Run id " + publication.runId() + " already published " + manifest.version()
                    + " from other inputs or with other options. Use a new run id for new work.");
        }
    }

    private static List<String> fingerprints(List<InputFile> inputs) {
        return inputs.stream()
                .map(input -> input.bytes() + " " + input.fingerprint())
                .toList();
    }

    private Optional<Manifest> current(DatasetEntry dataset) {
        return dataset.current()
                .map(version ->
                        repository.committed(dataset.id(version.number())).manifest());
    }

    private static void checkRoute(DatasetEntry dataset) {
        Route route = dataset.settings().get(Setting.ROUTE);
        if (route != Route.SST) {
            throw new InvalidInputException("Dataset " + dataset.name() + " is published over " + route.label()
                    + ", not as SST files. Use --route " + route.label() + ", or change its setting `route`.");
        }
    }

    private static void checkSchemas(DatasetSettings settings, Manifest current, KeyCodec keys, Schema valueSchema) {
        List<String> found = keys.shape();
        List<String> expected = KeyCodec.of(current.keySchema()).shape();
        if (!found.equals(expected)) {
            throw new InvalidInputException("The key of " + current.version().dataset() + " is " + expected
                    + " in the current version " + current.version().number() + ", and would become " + found
                    + ". Readers' keys would no longer fit. Publish another dataset instead.");
        }
        SchemaCompatibility.check(settings.get(Setting.COMPATIBILITY), current.valueSchema(), valueSchema);
    }

    private static int partitions(Publication publication, Optional<Manifest> current) {
        if (publication.partitions().isPresent()) {
            return publication.partitions().getAsInt();
        }
        if (current.isPresent()) {
            return current.get().partitions().size();
        }
        long wanted = (publication.inputBytes() + BYTES_PER_PARTITION - 1) / BYTES_PER_PARTITION;
        return (int) Math.max(1, Math.min(wanted, Partitioner.MAX_PARTITIONS));
    }

    private static InvalidInputException withoutSchema(String what) {
        return new InvalidInputException("The publication has no " + what + " schema. Give it one.");
    }
}
