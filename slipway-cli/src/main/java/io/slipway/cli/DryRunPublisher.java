package io.slipway.cli;

import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
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
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Counts what would be published, after another publisher has checked whether it may be. Duplicates are counted under
 * every policy. Thread-safe.
 */
final class DryRunPublisher implements VersionPublisher {

    private final VersionPublisher checking;
    private final Route route;

    /**
     * A publisher that publishes nothing.
     *
     * @param checking refuses what may not be published; it must not write anywhere that counts
     * @param route the route of what would be published
     */
    DryRunPublisher(VersionPublisher checking, Route route) {
        this.checking = checking;
        this.route = route;
    }

    @Override
    public PublishSession begin(Publication publication) {
        return new CountingSession(publication, checking.begin(publication), route);
    }

    /** A session whose commit only sums up. */
    private record CountingSession(Publication publication, PublishSession checked, Route route)
            implements PublishSession {

        @Override
        public VersionId version() {
            return checked.version();
        }

        @Override
        public Partitioner partitioner() {
            return checked.partitioner();
        }

        @Override
        public DuplicatePolicy duplicates() {
            return checked.duplicates() == DuplicatePolicy.FAIL ? DuplicatePolicy.LAST : checked.duplicates();
        }

        @Override
        public Optional<CommittedVersion> committed() {
            return checked.committed();
        }

        @Override
        public PartitionWriter openPartition(int partition, int attempt) {
            return new CountingWriter(version(), partition, attempt);
        }

        @Override
        public boolean holds(PartitionReceipt receipt) {
            return false;
        }

        @Override
        public CommittedVersion commit(Collection<PartitionReceipt> receipts) {
            List<PartitionReceipt> sorted = receipts.stream()
                    .sorted(Comparator.comparingInt(PartitionReceipt::partition))
                    .toList();
            Digest digest = sorted.stream().map(PartitionReceipt::digest).reduce(Digest.EMPTY, Digest::plus);
            Manifest manifest = new Manifest(
                    version(),
                    route,
                    publication.runId(),
                    publication.keySchema().orElseThrow(),
                    publication.valueSchema().orElseThrow(),
                    Optional.empty(),
                    Optional.empty(),
                    partitioner().routingFields(),
                    List.of(),
                    sorted.stream()
                            .map(receipt -> new PartitionEntry(receipt.partition(), receipt.digest()))
                            .toList(),
                    digest,
                    0,
                    checked.duplicates(),
                    sorted.stream().mapToLong(PartitionReceipt::duplicates).sum(),
                    List.of(),
                    "none",
                    new Provenance("", "", "", "", List.of(), Instant.EPOCH, Instant.EPOCH));
            return new CommittedVersion(manifest, "");
        }

        @Override
        public void abort(String reason) {
            // There is nothing to abort.
        }

        @Override
        public void close() {
            checked.close();
        }
    }

    /** A writer that counts. */
    private static final class CountingWriter implements PartitionWriter {

        private final VersionId version;
        private final int partition;
        private final int attempt;
        private final DigestBuilder digest = new DigestBuilder();
        private long duplicates;

        CountingWriter(VersionId version, int partition, int attempt) {
            this.version = version;
            this.partition = partition;
            this.attempt = attempt;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            digest.add(key, value);
        }

        @Override
        public void delete(byte[] key) {
            digest.addDelete(key);
        }

        @Override
        public void countDuplicates(long count) {
            duplicates += count;
        }

        @Override
        public PartitionReceipt finish() {
            return new PartitionReceipt(
                    version, partition, attempt, List.of(), digest.digest(), 0, duplicates, List.of());
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
