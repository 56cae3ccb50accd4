package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionTally;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishRules;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Receipts;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * One process's session on a claim (DESIGN §5, SST route). Thread-safe.
 *
 * <p>Why a commit is atomic: the version is decided by {@code manifest.json}, which is created once, after every file
 * that it names is durable. Before it exists nothing in the folder counts; afterwards nothing in it can be added, since
 * only what it names counts. Whoever else wants to decide the version (a second session of the run, an abort) finds it
 * decided. Files are deleted only after the decision exists, and only those that it does not name.
 */
final class SstPublishSession implements PublishSession {

    private final Repository repository;
    private final Publication publication;
    private final Claim claim;
    private final int session;
    private final FileShape shape;
    private final Partitioner partitioner;
    private final KeyCodec keys;
    private final Schema valueSchema;
    private final Optional<BaseVersion> base;
    private final Optional<CommittedVersion> committed;
    private final InstantSource clock;
    private final String engine;

    SstPublishSession(
            Repository repository,
            Publication publication,
            Claim claim,
            int session,
            FileShape shape,
            Partitioner partitioner,
            KeyCodec keys,
            Schema valueSchema,
            Optional<BaseVersion> base,
            Optional<CommittedVersion> committed,
            InstantSource clock,
            String engine) {
        this.repository = repository;
        this.publication = publication;
        this.claim = claim;
        this.session = session;
        this.shape = shape;
        this.partitioner = partitioner;
        this.keys = keys;
        this.valueSchema = valueSchema;
        this.base = base;
        this.committed = committed;
        this.clock = clock;
        this.engine = engine;
    }

    @Override
    public VersionId version() {
        return claim.version();
    }

    @Override
    public Partitioner partitioner() {
        return partitioner;
    }

    @Override
    public DuplicatePolicy duplicates() {
        return publication.duplicates().orElseThrow();
    }

    @Override
    public Optional<CommittedVersion> committed() {
        return committed;
    }

    @Override
    public PartitionWriter openPartition(int partition, int attempt) {
        if (partition < 0 || partition >= partitioner.partitions()) {
            throw new InvalidInputException("There is no partition " + partition + " of " + version() + ", which has "
                    + partitioner.partitions() + ".");
        }
        if (committed.isPresent()) {
            throw new FencedException(version() + " is committed already. Nothing can be added to it.");
        }
        return new SstPartitionWriter(
                repository.storage(),
                version(),
                new PartitionTally(
                        version(),
                        base.isPresent() ? PartitionTally.Kind.DELTA : PartitionTally.Kind.FULL,
                        partitioner,
                        keys,
                        valueSchema,
                        partition),
                shape,
                partition,
                session,
                attempt);
    }

    @Override
    public boolean holds(PartitionReceipt receipt) {
        return receipt.version().equals(version()) && receipt.files().stream().allMatch(this::holds);
    }

    @Override
    public CommittedVersion commit(Collection<PartitionReceipt> receipts) {
        if (committed.isPresent()) {
            return committed.get();
        }
        Receipts complete = Receipts.complete(version(), partitioner.partitions(), receipts);
        complete.checkDuplicates(duplicates());
        Decision decision = decide(complete);
        if (decision instanceof Decision.Committed winner) {
            PublishRules.checkSameWork(publication, winner.manifest());
            deleteUnnamed(winner.manifest());
            return new CommittedVersion(winner.manifest(), winner.sha256());
        }
        String reason = ((Decision.Aborted) decision).reason();
        throw new FencedException(version() + " was aborted meanwhile: " + reason + " Publish again.");
    }

    @Override
    public void abort(String reason) {
        if (committed.isPresent() || repository.newestSession(version()) > session) {
            return;
        }
        if (repository.abort(version(), reason) instanceof Decision.Committed winner) {
            deleteUnnamed(winner.manifest());
        } else {
            deleteFiles(Set.of());
        }
    }

    @Override
    public void close() {
        // Unfinished files are temporary ones, which the storage removes; finished ones are the next session's to
        // judge.
    }

    /** Decides the version, or tells how it was decided: then this session's files may be gone, and that is fine. */
    private Decision decide(Receipts receipts) {
        Optional<Decision> earlier = repository.decision(version());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            checkFiles(receipts.files());
        } catch (CorruptDataException e) {
            return repository.decision(version()).orElseThrow(() -> e);
        }
        return repository.commit(manifest(receipts));
    }

    private boolean holds(FileEntry file) {
        try (InputStream in = repository.storage().open(Layout.file(version(), file.name()))) {
            return Sha256.hex(in).equals(file.sha256());
        } catch (NotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UnavailableException(
                    "The file " + file.name() + " of " + version() + " in "
                            + repository.storage().location() + " cannot be read (" + e
                            + "). See that the storage is well.",
                    e);
        }
    }

    private void checkFiles(List<FileEntry> files) {
        Map<String, Long> stored =
                repository.files(version()).stream().collect(Collectors.toMap(StoredFile::name, StoredFile::bytes));
        for (FileEntry file : files) {
            Long bytes = stored.get(file.name());
            if (bytes == null || bytes != file.bytes()) {
                throw new CorruptDataException(
                        Layout.file(version(), file.name()),
                        "whole file",
                        file.bytes() + " bytes",
                        bytes == null ? "no file" : bytes + " bytes");
            }
        }
    }

    private Manifest manifest(Receipts receipts) {
        return new Manifest(
                version(),
                Route.SST,
                publication.runId(),
                keys.schema(),
                valueSchema,
                base.map(found -> found.delta(receipts.deletes())),
                Optional.empty(),
                partitioner.routingFields(),
                receipts.files(),
                receipts.partitions(),
                receipts.digest(),
                receipts.bytes(),
                duplicates(),
                receipts.duplicates(),
                receipts.fields(),
                shape.compression().label(),
                publication.provenance(engine, claim.time(), clock.instant()));
    }

    private void deleteUnnamed(Manifest manifest) {
        deleteFiles(manifest.files().stream().map(FileEntry::name).collect(Collectors.toSet()));
    }

    private void deleteFiles(Set<String> named) {
        try {
            for (StoredFile file : repository.files(version())) {
                if (file.name().endsWith(".sst") && !named.contains(file.name())) {
                    repository.storage().delete(Layout.file(version(), file.name()));
                }
            }
        } catch (UnavailableException e) {
            // The version is decided all the same. What is left counts for nothing and may be deleted at any time.
        }
    }
}
