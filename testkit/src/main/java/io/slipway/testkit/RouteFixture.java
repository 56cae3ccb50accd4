package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.VersionPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** What the parts of the publish contract share: a route per test, and how to publish to it and look at it. */
abstract class RouteFixture {

    static final DatasetName DATASET = new DatasetName("route-delays");
    static final int PARTITIONS = 3;
    static final List<InputFile> INPUTS = List.of(new InputFile("flights.csv", 1000, "f1"));

    private RouteUnderTest route;

    /** A route with an empty place to publish to, which the caller closes. */
    protected abstract RouteUnderTest newRoute();

    /**
     * Of how many calls one fails in a normal run, chosen at random, and by how much there are fewer rounds of a race: 1 for
     * all of both. A route whose every call takes long names about as many calls as a publish makes; a long run tries all.
     */
    protected int callsPerFault() {
        return 1;
    }

    /**
     * Which calls fail, one in each run of an operation.
     *
     * @param first the first
     * @param isSample whether it is the only one
     */
    record Calls(int first, boolean isSample) {

        /** Whether nothing is left to try after a run of the operation. */
        boolean areDone(Faults last) {
            return isSample || !last.reached();
        }

        @Override
        public String toString() {
            return isSample ? "call " + first + " fails" : "all fail in turn";
        }
    }

    final Calls someCalls() {
        return callsPerFault() == 1 ? new Calls(1, false) : new Calls(1 + new Random().nextInt(callsPerFault()), true);
    }

    /** How many rounds of a race a normal run has. */
    final int someRounds(int rounds) {
        return Math.max(2, rounds / callsPerFault());
    }

    /** For long runs; where the normal run tries all, there is nothing left to try. */
    final Calls allCalls() {
        assumeThat(callsPerFault()).isGreaterThan(1);
        return new Calls(1, false);
    }

    @AfterEach
    void closeRoute() {
        if (route != null) {
            route.close();
        }
    }

    /** This test's route. */
    final RouteUnderTest route() {
        if (route == null) {
            route = newRoute();
        }
        return route;
    }

    static Publication publication(String runId) {
        return Publication.of(DATASET)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(PARTITIONS)
                .withRunId(new RunId(runId))
                .withJob("delays", "days=3", INPUTS);
    }

    static SampleRecords sample(long seed) {
        return SampleRecords.random(new Random(seed), 40);
    }

    final PublishSession begin(String runId) {
        return route().publisher().begin(publication(runId));
    }

    final CommittedVersion publish(String runId, SampleRecords records) {
        return publish(route().publisher(), publication(runId), records);
    }

    /** What a job does: claim, write, commit; or take what an earlier try committed. */
    static CommittedVersion publish(VersionPublisher publisher, Publication publication, SampleRecords records) {
        try (PublishSession session = publisher.begin(publication)) {
            return session.committed().orElseGet(() -> session.commit(write(session, 0, records)));
        }
    }

    static List<PartitionReceipt> write(PublishSession session, int attempt, SampleRecords records) {
        List<PartitionReceipt> receipts = new ArrayList<>();
        for (int partition = 0; partition < session.partitioner().partitions(); partition++) {
            receipts.add(write(session, partition, attempt, records));
        }
        return receipts;
    }

    /** Writes those of the records that belong to a partition. */
    static PartitionReceipt write(PublishSession session, int partition, int attempt, SampleRecords records) {
        try (PartitionWriter writer = session.openPartition(partition, attempt)) {
            of(session, partition, records).records().forEach(writer::put);
            return writer.finish();
        }
    }

    static SampleRecords of(PublishSession session, int partition, SampleRecords records) {
        SampleRecords part = SampleRecords.none();
        for (var row : records.records().entrySet()) {
            if (session.partitioner().partition(row.getKey()) == partition) {
                part = part.with(row.getKey(), row.getValue());
            }
        }
        return part;
    }

    final List<VersionId> complete() {
        return route().complete(DATASET);
    }

    /** Checks that a version is complete, and is exactly these records. */
    static void assertHolds(RouteUnderTest route, CommittedVersion version, SampleRecords records) {
        VersionId id = version.manifest().version();
        assertThat(route.complete(id.dataset())).as("complete versions").contains(id);
        assertThat(version.manifest().digest()).as("digest in the manifest").isEqualTo(records.digest());
        assertThat(route.readAll(id).stream().sorted().toList())
                .as("records of %s", id)
                .isEqualTo(records.rows());
    }
}
