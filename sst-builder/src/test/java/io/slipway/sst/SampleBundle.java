package io.slipway.sst;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Layout;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A committed version on a local folder, of which tests damage a file. */
record SampleBundle(SstRouteUnderTest route, Manifest manifest) {

    /** Publishes a version whose files have several blocks. */
    static SampleBundle publish(SstRouteUnderTest route, String runId, int partitions, int records) {
        Publication publication = Publication.of("route-delays")
                .withRunId(new RunId(runId))
                .withPartitions(partitions)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE);
        SampleRecords sample = SampleRecords.random(new Random(runId.hashCode()), records);
        try (PublishSession session = route.publisher().begin(publication)) {
            List<PartitionReceipt> receipts = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                try (PartitionWriter writer = session.openPartition(partition, 0)) {
                    for (var row : sample.records().entrySet()) {
                        if (session.partitioner().partition(row.getKey()) == partition) {
                            writer.put(row.getKey(), row.getValue());
                        }
                    }
                    receipts.add(writer.finish());
                }
            }
            return new SampleBundle(route, session.commit(receipts).manifest());
        }
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
