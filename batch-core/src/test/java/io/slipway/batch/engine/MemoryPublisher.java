package io.slipway.batch.engine;

import io.slipway.model.InvalidInputException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.Route;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.value.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Publishes into memory, holding the engine to the contract. */
final class MemoryPublisher implements VersionPublisher {

    private final int defaultPartitions;
    private final Map<String, Claim> claims = new HashMap<>();
    /** Records by key text, of the last commit. */
    final Map<String, Object> records = new TreeMap<>();

    /** The versions that are committed. */
    final List<CommittedVersion> versions = new ArrayList<>();

    final List<String> aborts = new ArrayList<>();
    final List<Publication> begun = new ArrayList<>();
    /** How many partitions were written. */
    final AtomicInteger written = new AtomicInteger();

    int closed;
    private BooleanSupplier dead = () -> false;

    MemoryPublisher(int defaultPartitions) {
        this.defaultPartitions = defaultPartitions;
    }

    /** From now on it is used by a process of which this tells whether it has died. */
    MemoryPublisher usedBy(BooleanSupplier processIsDead) {
        dead = processIsDead;
        return this;
    }

    @Override
    public PublishSession begin(Publication publication) {
        begun.add(publication);
        String name = publication.dataset() + " " + publication.runId();
        Claim claim = claims.get(name);
        if (claim == null || claim.aborted) {
            claim = new Claim(new VersionId(publication.dataset(), claims.size() + 1 + aborts.size()));
            claims.put(name, claim);
        }
        return new Session(publication, claim);
    }

    /** A version, as all sessions of its run share it. */
    private static final class Claim {

        private final VersionId version;
        private final Map<String, Map<String, Object>> files = new ConcurrentHashMap<>();
        private final AtomicInteger sessions = new AtomicInteger();
        private Optional<CommittedVersion> committed = Optional.empty();
        private boolean aborted;

        Claim(VersionId version) {
            this.version = version;
        }
    }

    private final class Session implements PublishSession {

        private final Publication publication;
        private final Claim claim;
        private final int number;
        private final KeyCodec keys;
        private final Partitioner partitioner;

        Session(Publication publication, Claim claim) {
            this.publication = publication;
            this.claim = claim;
            this.number = claim.sessions.incrementAndGet();
            this.keys = KeyCodec.of(publication.keySchema().orElseThrow());
            this.partitioner = new Partitioner(publication.partitions().orElse(defaultPartitions), 0, keys);
        }

        @Override
        public VersionId version() {
            return claim.version;
        }

        @Override
        public Partitioner partitioner() {
            return partitioner;
        }

        @Override
        public DuplicatePolicy duplicates() {
            return publication.duplicates().orElse(DuplicatePolicy.FAIL);
        }

        @Override
        public Optional<CommittedVersion> committed() {
            return claim.committed;
        }

        @Override
        public PartitionWriter openPartition(int partition, int attempt) {
            return new Writer(this, partition, attempt);
        }

        @Override
        public boolean holds(PartitionReceipt receipt) {
            return receipt.version().equals(claim.version)
                    && receipt.files().stream().allMatch(file -> claim.files.containsKey(file.name()));
        }

        @Override
        public CommittedVersion commit(Collection<PartitionReceipt> receipts) {
            if (dead.getAsBoolean() || claim.aborted) {
                throw new IllegalStateException("A dead process commits, or one that has aborted.");
            }
            if (receipts.stream().map(PartitionReceipt::partition).distinct().count() != partitioner.partitions()) {
                throw new InvalidInputException("A partition has no receipt.");
            }
            Digest digest = receipts.stream().map(PartitionReceipt::digest).reduce(Digest.EMPTY, Digest::plus);
            long duplicates =
                    receipts.stream().mapToLong(PartitionReceipt::duplicates).sum();
            records.clear();
            receipts.stream()
                    .flatMap(receipt -> receipt.files().stream())
                    .forEach(file -> records.putAll(claim.files.get(file.name())));
            claim.committed = Optional.of(new CommittedVersion(manifest(digest, duplicates), ""));
            versions.add(claim.committed.get());
            return claim.committed.get();
        }

        private Manifest manifest(Digest digest, long duplicates) {
            return new Manifest(
                    claim.version,
                    Route.SST,
                    publication.runId(),
                    publication.keySchema().orElseThrow(),
                    publication.valueSchema().orElseThrow(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    List.of(),
                    List.of(),
                    digest,
                    0,
                    publication.duplicates().orElse(DuplicatePolicy.FAIL),
                    duplicates,
                    List.of(),
                    "none",
                    PROVENANCE);
        }

        @Override
        public void abort(String reason) {
            if (!dead.getAsBoolean()) {
                aborts.add(reason);
                claim.aborted = true;
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static final Provenance PROVENANCE = null;

    /** Checks order and partition. */
    private final class Writer implements PartitionWriter {

        private final Session session;
        private final int partition;
        private final int attempt;
        private final Map<String, Object> put = new TreeMap<>();
        private final DigestBuilder digest = new DigestBuilder();
        private final ValueCodec values;
        private byte[] last;
        private long duplicates;

        Writer(Session session, int partition, int attempt) {
            this.session = session;
            this.partition = partition;
            this.attempt = attempt;
            this.values = ValueCodec.of(session.publication.valueSchema().orElseThrow());
        }

        @Override
        public void put(byte[] key, byte[] value) {
            if (last != null && Arrays.compareUnsigned(last, key) >= 0) {
                throw new InvalidInputException("Keys do not ascend.");
            }
            if (session.partitioner.partition(key) != partition) {
                throw new InvalidInputException("A key of another partition.");
            }
            last = key.clone();
            put.put(session.keys.describe(key), values.decode(value));
            digest.add(key, value);
        }

        @Override
        public void delete(byte[] key) {
            put.put(session.keys.describe(key), "deleted");
            digest.addDelete(key);
        }

        @Override
        public void countDuplicates(long count) {
            duplicates += count;
        }

        @Override
        public PartitionReceipt finish() {
            written.incrementAndGet();
            String name = partition + "-" + session.number + "-" + attempt;
            if (session.claim.files.putIfAbsent(name, put) != null) {
                throw new IllegalStateException("Attempt " + name + " is not unique.");
            }
            FileEntry file = new FileEntry(name, partition, 0, put.size(), "", "", "");
            return new PartitionReceipt(
                    session.claim.version,
                    partition,
                    attempt,
                    List.of(file),
                    digest.digest(),
                    0,
                    duplicates,
                    List.of());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
