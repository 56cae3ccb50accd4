package io.slipway.sst;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.util.Random;

/** A full version and deltas on it in a repository, with a model of what the last one holds. */
final class SampleChain {

    private final SstRouteUnderTest route;
    private final String dataset;
    private final Random random;
    private SampleRecords base = SampleRecords.none();
    private SampleRecords records;
    private CommittedVersion last;

    /** Publishes the full version and makes it current. */
    SampleChain(SstRouteUnderTest route, String dataset, Random random, int count) {
        this.route = route;
        this.dataset = dataset;
        this.random = random;
        this.records = SampleRecords.random(random, count);
        SampleDelta all = SampleDelta.none();
        for (var record : records.records().entrySet()) {
            all = all.putting(record.getKey(), record.getValue());
        }
        publish(publication().withPartitions(3), all);
    }

    /** Publishes a delta of random changes and makes it current. */
    SampleChain add(int changes) {
        return add(SampleDelta.random(random, records, changes));
    }

    SampleChain add(SampleDelta changes) {
        base = records;
        records = changes.on(records);
        publish(publication().asDelta(), changes);
        return this;
    }

    /** What the last version holds. */
    SampleRecords records() {
        return records;
    }

    /** What the one before holds. */
    SampleRecords base() {
        return base;
    }

    Manifest manifest() {
        return last.manifest();
    }

    VersionId version() {
        return manifest().version();
    }

    Publication publication() {
        return Publication.of(dataset)
                .withRunId(RunId.random())
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE);
    }

    private void publish(Publication publication, SampleDelta changes) {
        try (PublishSession session = route.publisher().begin(publication)) {
            last = session.commit(changes.write(session));
        }
        route.makeCurrent(last);
    }
}
