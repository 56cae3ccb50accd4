package io.slipway.sst;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/** A committed version on a local folder, of which tests damage a file. */
record SampleBundle(SstRouteUnderTest route, Manifest manifest) {

    /** Publishes a version whose files have several blocks. */
    static SampleBundle publish(SstRouteUnderTest route, String runId, int partitions, int records) {
        return publish(route, runId, partitions, SampleRecords.random(new Random(runId.hashCode()), records));
    }

    /** Publishes records with text keys. */
    static SampleBundle publish(SstRouteUnderTest route, String runId, int partitions, SampleRecords sample) {
        Publication publication = Publication.of("route-delays")
                .withRunId(new RunId(runId))
                .withPartitions(partitions)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE);
        return new SampleBundle(route, publish(route, publication, sample.records()));
    }

    /** Publishes encoded records. */
    static Manifest publish(SstRouteUnderTest route, Publication publication, SortedMap<byte[], byte[]> records) {
        try (PublishSession session = route.publisher().begin(publication)) {
            List<PartitionReceipt> receipts = new ArrayList<>();
            for (int partition = 0; partition < session.partitioner().partitions(); partition++) {
                try (PartitionWriter writer = session.openPartition(partition, 0)) {
                    for (var row : records.entrySet()) {
                        if (session.partitioner().partition(row.getKey()) == partition) {
                            writer.put(row.getKey(), row.getValue());
                        }
                    }
                    receipts.add(writer.finish());
                }
            }
            return session.commit(receipts).manifest();
        }
    }

    /** The manifest with another digest of a partition and the total that goes with it. */
    Manifest withForgedDigest(int partition) {
        List<PartitionEntry> partitions = new ArrayList<>(manifest.partitions());
        Digest right = partitions.get(partition).digest();
        partitions.set(partition, new PartitionEntry(partition, new Digest(right.sum() + 1, right.records())));
        return new Manifest(
                manifest.version(),
                manifest.route(),
                manifest.runId(),
                manifest.keySchema(),
                manifest.valueSchema(),
                Optional.empty(),
                Optional.empty(),
                manifest.routingFields(),
                manifest.files(),
                partitions,
                partitions.stream().map(PartitionEntry::digest).reduce(Digest.EMPTY, Digest::plus),
                manifest.bytes(),
                manifest.policy(),
                manifest.duplicates(),
                manifest.fields(),
                manifest.compression(),
                manifest.provenance());
    }

    VersionId version() {
        return manifest.version();
    }

    FileEntry entry(int partition) {
        return manifest.filesOf(partition).get(0);
    }

    Path file(int partition) {
        return route.storage()
                .localFile(Layout.file(version(), entry(partition).name()))
                .orElseThrow();
    }
}
