package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.DatasetName;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every route has to guarantee (DESIGN §5). Its superclasses are parts of it: records, deltas, rules at begin,
 * races, failures.
 * Nothing here knows how a route stores anything.
 */
public abstract class PublishRouteContract extends PublishRouteRecords {

    // Nothing is visible before commit returned.

    @Test
    void nothingIsVisibleBeforeTheCommit() {
        SampleRecords records = sample(1);
        PublishSession session = begin("run-1");
        assertThat(complete()).isEmpty();
        List<PartitionReceipt> receipts = write(session, 0, records);
        assertThat(complete()).isEmpty();
        CommittedVersion version = session.commit(receipts);
        assertThat(complete()).containsExactly(session.version());
        assertThat(version.manifest().version()).isEqualTo(session.version());
        assertHolds(route(), version, records);
    }

    @Test
    void aSessionThatIsOnlyClosedLeavesNothingVisible() {
        try (PublishSession session = begin("run-1")) {
            write(session, 0, sample(1));
        }
        assertThat(complete()).isEmpty();
        assertHolds(route(), publish("run-1", sample(2)), sample(2));
        assertThat(complete()).hasSize(1);
    }

    @Test
    void anAbortLeavesNothingVisibleHoweverOften() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = write(session, 0, sample(1));
        session.abort("wrong input");
        session.abort("wrong input, said again");
        assertThat(complete()).isEmpty();
        assertThatThrownBy(() -> session.commit(receipts))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("wrong input");
        assertThat(complete()).isEmpty();
    }

    @Test
    void anAbortAfterTheCommitChangesNothing() {
        PublishSession session = begin("run-1");
        CommittedVersion version = session.commit(write(session, 0, sample(1)));
        session.abort("too late");
        assertHolds(route(), version, sample(1));
    }

    @Test
    void aCommitCanBeRepeated() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = write(session, 0, sample(1));
        CommittedVersion version = session.commit(receipts);
        assertThat(session.commit(receipts)).isEqualTo(version);
        assertThat(complete()).hasSize(1);
    }

    // Attempts and sessions.

    @Test
    void ofAttemptsThatOverlapExactlyOneIsInTheVersionWhole() {
        SampleRecords first = sample(1);
        SampleRecords second = sample(2);
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            receipts.add(overlap(session, partition, first, second));
        }
        CommittedVersion version = session.commit(receipts);
        assertHolds(route(), version, second);
    }

    /** Attempt 1 begins while attempt 0 is half done, which goes on unless it is fenced; gives 1's receipt. */
    private static PartitionReceipt overlap(
            PublishSession session, int partition, SampleRecords first, SampleRecords second) {
        try (PartitionWriter slow = session.openPartition(partition, 0)) {
            SampleRecords slowPart = of(session, partition, first);
            var slowRows = slowPart.records().entrySet().iterator();
            for (int i = 0; i < slowPart.records().size() / 2; i++) {
                var row = slowRows.next();
                slow.put(row.getKey(), row.getValue());
            }
            try (PartitionWriter quick = session.openPartition(partition, 1)) {
                for (var row : of(session, partition, second).records().entrySet()) {
                    quick.put(row.getKey(), row.getValue());
                    if (slowRows.hasNext()) {
                        var slowRow = slowRows.next();
                        unlessFenced(() -> slow.put(slowRow.getKey(), slowRow.getValue()));
                    }
                }
                PartitionReceipt receipt = quick.finish();
                unlessFenced(slow::finish);
                return receipt;
            }
        }
    }

    @Test
    void anAttemptThatWasNotFinishedAddsNothing() {
        PublishSession session = begin("run-1");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            try (PartitionWriter writer = session.openPartition(partition, 0)) {
                of(session, partition, sample(1)).records().forEach(writer::put);
            }
        }
        assertHolds(route(), session.commit(write(session, 1, sample(2))), sample(2));
    }

    @Test
    void aZombieThatFinishesAfterTheCommitChangesNothing() {
        PublishSession older = begin("run-1");
        try (PartitionWriter zombie = older.openPartition(0, 0)) {
            of(older, 0, sample(1)).records().forEach(zombie::put);
            PublishSession newer = begin("run-1");
            assertThat(newer.version()).isEqualTo(older.version());
            CommittedVersion version = newer.commit(write(newer, 0, sample(2)));

            unlessFenced(zombie::finish);
            unlessFenced(() -> write(older, 1, 1, sample(1)));
            older.abort("the zombie gives up");
            older.close();
            assertHolds(route(), version, sample(2));
            assertThat(publish("run-1", sample(3))).isEqualTo(version);
        }
    }

    @Test
    void anOlderSessionDoesNotAbortTheRun() {
        PublishSession older = begin("run-1");
        PublishSession newer = begin("run-1");
        older.abort("only this process gives up");
        assertHolds(route(), newer.commit(write(newer, 0, sample(1))), sample(1));
    }

    @Test
    void aSessionThatIsOvertakenIsToldTheVersionOrFenced() {
        PublishSession older = begin("run-1");
        List<PartitionReceipt> receipts = write(older, 0, sample(1));
        PublishSession newer = begin("run-1");
        CommittedVersion version = newer.commit(write(newer, 0, sample(2)));
        try {
            assertThat(older.commit(receipts)).isEqualTo(version);
        } catch (FencedException e) {
            assertThat(e).hasMessageContaining("version 1 of route-delays");
        }
        assertHolds(route(), version, sample(2));
    }

    // Receipts of earlier sessions.

    @Test
    void whatADeadSessionFinishedCanBeCommittedByTheNext() {
        List<PartitionReceipt> receipts = new ArrayList<>();
        try (PublishSession dead = begin("run-1")) {
            receipts.add(write(dead, 0, 0, sample(1)));
        }
        try (PublishSession next = begin("run-1")) {
            assertThat(next.holds(receipts.get(0))).isTrue();
            for (int partition = 1; partition < PARTITIONS; partition++) {
                receipts.add(write(next, partition, 0, sample(1)));
            }
            assertThat(receipts).allMatch(next::holds);
            assertHolds(route(), next.commit(receipts), sample(1));
        }
    }

    @Test
    void aReceiptOfAnAbortedVersionDoesNotHoldForTheNextOne() {
        PublishSession aborted = begin("run-1");
        List<PartitionReceipt> receipts = write(aborted, 0, sample(1));
        aborted.abort("wrong input");
        try (PublishSession next = begin("run-1")) {
            assertThat(receipts).noneMatch(next::holds);
        }
    }

    // The run id.

    @Test
    void aRunThatIsRepeatedGetsItsVersionBack() {
        CommittedVersion version = publish("run-1", sample(1));
        try (PublishSession again = begin("run-1")) {
            assertThat(again.version()).isEqualTo(version.manifest().version());
            assertThat(again.committed()).contains(version);
            assertThat(again.commit(List.of())).isEqualTo(version);
            assertThatThrownBy(() -> again.openPartition(0, 0).close()).isInstanceOf(FencedException.class);
            again.abort("no effect");
        }
        assertThat(complete()).hasSize(1);
        assertHolds(route(), version, sample(1));
    }

    @Test
    void aRunIdOfOtherWorkIsRefused() {
        publish("run-1", sample(1));
        Publication same = publication("run-1");
        List<Publication> others = List.of(
                same.withJob("delays", "days=3", List.of(new InputFile("flights.csv", 1000, "f2"))),
                same.withJob("delays", "days=3", List.of(new InputFile("flights.csv", 1001, "f1"))),
                same.withJob("delays", "days=3", List.of()),
                same.withJob("delays", "days=4", INPUTS),
                same.withJob("others", "days=3", INPUTS));
        for (Publication other : others) {
            assertThatThrownBy(() -> route().publisher().begin(other).close())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("run-1", "version 1 of route-delays", "new run id");
        }
        assertThat(complete()).hasSize(1);
    }

    @Test
    void theSameInputUnderAnotherPathIsTheSameWork() {
        CommittedVersion version = publish("run-1", sample(1));
        Publication moved = publication("run-1")
                .withJob("delays", "days=3", List.of(new InputFile("/elsewhere/flights.csv", 1000, "f1")));
        assertThat(publish(route().publisher(), moved, sample(1))).isEqualTo(version);
    }

    @Test
    void aRunThatWasAbortedGetsANewNumber() {
        PublishSession session = begin("run-1");
        session.abort("wrong input");
        CommittedVersion version = publish("run-1", sample(1));
        assertThat(version.manifest().version().number())
                .isGreaterThan(session.version().number());
        assertHolds(route(), version, sample(1));
        assertThat(complete()).containsExactly(version.manifest().version());
    }

    @Test
    void aRunThatDiedKeepsItsNumberAndItsPartitions() {
        PublishSession dead = begin("run-1");
        publish("run-2", sample(2));
        try (PublishSession next =
                route().publisher().begin(publication("run-1").withPartitions(7))) {
            assertThat(next.version()).isEqualTo(dead.version());
            assertThat(next.partitioner().partitions()).isEqualTo(PARTITIONS);
            assertHolds(route(), next.commit(write(next, 0, sample(1))), sample(1));
        }
    }

    @Test
    void aRunIdBelongsToItsDataset() {
        CommittedVersion one = publish("run-1", sample(1));
        Publication elsewhere = Publication.of("airports")
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withRunId(new RunId("run-1"));
        CommittedVersion two = publish(route().publisher(), elsewhere, sample(2));
        assertThat(two.manifest().version().number()).isEqualTo(1);
        assertHolds(route(), one, sample(1));
        assertHolds(route(), two, sample(2));
        assertThat(route().complete(new DatasetName("airports"))).hasSize(1);
    }

    private static void unlessFenced(Runnable work) {
        try {
            work.run();
        } catch (FencedException e) {
            // As good: the late one is told.
        }
    }
}
