package io.slipway.batch.engine;

import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.key.KeyCodec;
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

/** Publishes into memory, holding the engine to the contract. */
final class MemoryPublisher implements VersionPublisher {

    private final int defaultPartitions;
    final Map<RunId, CommittedVersion> byRun = new ConcurrentHashMap<>();
    /** Encoded records by key text, of the last commit. */
    final Map<String, Object> records = new TreeMap<>();

    final List<String> aborts = new ArrayList<>();
    final List<Publication> begun = new ArrayList<>();
    int closed;
    private int versions;

    MemoryPublisher(int defaultPartitions) {
        this.defaultPartitions = defaultPartitions;
    }

    @Override
    public PublishSession begin(Publication publication) {
        begun.add(publication);
        return new Session(publication, ++versions);
    }

    private final class Session implements PublishSession {

        private final Publication publication;
        private final VersionId version;
        private final KeyCodec keys;
        private final Partitioner partitioner;
        private final Map<String, Map<String, Object>> finished = new HashMap<>();

        Session(Publication publication, int number) {
            this.publication = publication;
            this.version = new VersionId(publication.dataset(), number);
            this.keys = KeyCodec.of(publication.keySchema().orElseThrow());
            this.partitioner = new Partitioner(publication.partitions().orElse(defaultPartitions), 0, keys);
        }

        @Override
        public VersionId version() {
            return version;
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
            return Optional.ofNullable(byRun.get(publication.runId()));
        }

        @Override
        public PartitionWriter openPartition(int partition, int attempt) {
            return new Writer(this, partition, attempt);
        }

        @Override
        public CommittedVersion commit(Collection<PartitionReceipt> receipts) {
            if (receipts.stream().map(PartitionReceipt::partition).distinct().count() != partitioner.partitions()) {
                throw new InvalidInputException("A partition has no receipt.");
            }
            Digest digest = receipts.stream().map(PartitionReceipt::digest).reduce(Digest.EMPTY, Digest::plus);
            long duplicates =
                    receipts.stream().mapToLong(PartitionReceipt::duplicates).sum();
            records.clear();
            receipts.forEach(receipt -> records.putAll(finished.get(receipt.partition() + "/" + receipt.attempt())));
            CommittedVersion committed = new CommittedVersion(manifest(digest, duplicates), "");
            byRun.put(publication.runId(), committed);
            return committed;
        }

        private Manifest manifest(Digest digest, long duplicates) {
            return new Manifest(
                    version,
                    Route.SST,
                    publication.runId(),
                    publication.keySchema().orElseThrow(),
                    publication.valueSchema().orElseThrow(),
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
            aborts.add(reason);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static final Provenance PROVENANCE = null;

    /** Checks order and partition. */
    private static final class Writer implements PartitionWriter {

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
        public void countDuplicates(long count) {
            duplicates += count;
        }

        @Override
        public PartitionReceipt finish() {
            synchronized (session.finished) {
                session.finished.put(partition + "/" + attempt, put);
            }
            return new PartitionReceipt(
                    session.version, partition, attempt, List.of(), digest.digest(), 0, duplicates, List.of());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
