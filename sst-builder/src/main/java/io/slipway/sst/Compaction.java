package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DeltaEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Makes a full version of a delta and all that it is built on, with the same records: by a merge over their sorted files,
 * in memory that does not grow with them. The version is published like any other, and goes the way of any other.
 * Thread-safe, and safe for any number of processes: a delta is compacted once, however often and by whomever that is
 * asked.
 *
 * <p><b>Nothing newer is lost.</b> The version made here gets a number above the delta's. If another version between the
 * two became current before it, this one would take readers back. So once the number is claimed, after which nobody gets
 * one below it, each number in between is looked at: only if none of them is current or can become it by itself, it goes
 * on. Versions above it are no danger: of these, a controller swaps in only the higher one, and no delta onto another
 * than its base.
 */
public final class Compaction {

    private static final int RECORDS_A_REPORT = 1 << 14;

    private final VersionFiles files;
    private final Repository repository;
    private final CatalogStore catalog;
    private final VersionPublisher publisher;
    private final Function<DatasetName, List<VersionId>> claimed;

    /**
     * Compactions of versions.
     *
     * @param files where the versions are
     * @param catalog tells what is current; only read
     * @param publisher publishes into the repository
     */
    public Compaction(VersionFiles files, CatalogStore catalog, VersionPublisher publisher) {
        this(files, catalog, publisher, dataset -> List.of());
    }

    /**
     * Compactions of versions that are published where the repository does not see it at once.
     *
     * @param files where the versions are
     * @param catalog tells what is current; only read
     * @param publisher publishes as the dataset is published
     * @param claimed gives all versions of a dataset that are claimed there and were not aborted
     */
    public Compaction(
            VersionFiles files,
            CatalogStore catalog,
            VersionPublisher publisher,
            Function<DatasetName, List<VersionId>> claimed) {
        this.files = files;
        this.repository = files.repository();
        this.catalog = catalog;
        this.publisher = publisher;
        this.claimed = claimed;
    }

    /**
     * Compacts a delta.
     *
     * @param progress is told how many records were written since it was told last
     * @return the full version, which an earlier call may have made
     * @throws io.slipway.model.NotFoundException if there is no such committed version
     * @throws InvalidInputException if it is a full version, if a newer one is current or may become it, or if the dataset's
     *     keys are routed otherwise now
     * @throws CorruptDataException if what is read is not what the manifests say, or not what nodes found the delta's
     *     result to be; nothing is published then
     */
    public CommittedVersion compact(VersionId version, LongConsumer progress) {
        Decision.Committed delta = repository.committed(version);
        if (delta.manifest().delta().isEmpty()) {
            throw new InvalidInputException(
                    "There is nothing to compact: " + version + " is a full version. Name a delta.");
        }
        try (PublishSession session = publisher.begin(publication(delta))) {
            return session.committed().orElseGet(() -> publish(session, delta.manifest(), progress));
        }
    }

    private static Publication publication(Decision.Committed delta) {
        Manifest manifest = delta.manifest();
        VersionId version = manifest.version();
        return Publication.of(version.dataset())
                .withRunId(new RunId("compact-" + version.number()))
                .withSchemas(manifest.keySchema(), manifest.valueSchema())
                .withPartitions(manifest.partitions().size())
                .withDuplicates(DuplicatePolicy.FAIL)
                .withLabel("version " + version.number() + ", compacted")
                .withJob(
                        "compact",
                        "version=" + version.number(),
                        List.of(new InputFile(version.toString(), manifest.bytes(), delta.sha256())));
    }

    /** What cannot succeed is aborted; what may succeed later stays claimed, and is taken up by the next call. */
    private CommittedVersion publish(PublishSession session, Manifest delta, LongConsumer progress) {
        try {
            checkRouting(session, delta);
            checkNothingNewer(delta.version(), session.version());
            List<PartitionReceipt> receipts = new ArrayList<>();
            for (int partition = 0; partition < delta.partitions().size(); partition++) {
                receipts.add(write(session, delta, partition, progress));
            }
            checkResult(delta, receipts);
            return session.commit(receipts);
        } catch (InvalidInputException | CorruptDataException e) {
            session.abort("it cannot be compacted: " + e.getMessage());
            throw e;
        }
    }

    private PartitionReceipt write(PublishSession session, Manifest delta, int partition, LongConsumer progress) {
        try (RecordCursor records = new VersionRecords(files, delta).open(List.of(partition));
                PartitionWriter writer = session.openPartition(partition, 0)) {
            long unreported = 0;
            while (records.next()) {
                writer.put(records.copyKey(), records.copyValue());
                if (++unreported == RECORDS_A_REPORT) {
                    progress.accept(unreported);
                    unreported = 0;
                }
            }
            progress.accept(unreported);
            return writer.finish();
        }
    }

    private static void checkRouting(PublishSession session, Manifest delta) {
        int now = session.partitioner().routingFields();
        if (now != delta.routingFields()) {
            throw new InvalidInputException("The keys of " + delta.version() + " are routed by " + delta.routingFields()
                    + " fields, and the setting routing.fields is " + now + " now. Publish a full version instead.");
        }
    }

    private void checkNothingNewer(VersionId delta, VersionId own) {
        DatasetEntry dataset = catalog.latest().datasetOrEmpty(delta.dataset());
        Set<VersionId> elsewhere = Set.copyOf(claimed.apply(delta.dataset()));
        Stream.concat(repository.versions(delta.dataset()).stream(), elsewhere.stream())
                .filter(between -> between.compareTo(delta) > 0 && between.compareTo(own) < 0)
                .filter(between -> mayBeRead(dataset, between, elsewhere))
                .findFirst()
                .ifPresent(between -> {
                    throw new InvalidInputException("The newer " + between
                            + " is current or may become it, and compacting " + delta
                            + " now would take readers back. Compact that one, or wait until it is decided.");
                });
    }

    /** Whether readers read a version, or may come to read it without an operator. */
    private boolean mayBeRead(DatasetEntry dataset, VersionId version, Set<VersionId> elsewhere) {
        if (repository.decision(version).orElse(null) instanceof Decision.Aborted) {
            return false;
        }
        Optional<VersionEntry> entry = dataset.version(version.number());
        if (entry.isEmpty()) {
            return elsewhere.contains(version) || repository.claim(version).isPresent();
        }
        return switch (entry.get().state()) {
            case CURRENT -> true;
            case COMMITTED, HELD, STAGING, STAGED -> version.number() > dataset.highestCurrent();
            case RETAINED, REJECTED, RETIRED, CLAIMED, ABORTED -> false;
        };
    }

    private void checkResult(Manifest delta, List<PartitionReceipt> receipts) {
        Digest found = receipts.stream().map(PartitionReceipt::digest).reduce(Digest.EMPTY, Digest::plus);
        Optional<Digest> expected = catalog.latest()
                .datasetOrEmpty(delta.version().dataset())
                .version(delta.version().number())
                .flatMap(VersionEntry::delta)
                .flatMap(DeltaEntry::result);
        if (expected.isPresent() && !expected.get().equals(found)) {
            throw new CorruptDataException(Layout.folder(delta.version()), "result on its base", expected.get(), found);
        }
    }
}
