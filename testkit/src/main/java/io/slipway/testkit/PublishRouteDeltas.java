package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Delta;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.VersionPublisher;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The part of the publish contract that is about deltas: versions that are changes on others. */
abstract class PublishRouteDeltas extends PublishRouteRules {

    private static final int CHAIN = 10;
    private static final byte[] GONE = SampleRecords.key("gone");
    private static final SampleRecords BASE =
            SampleRecords.random(new Random(3), 30).with(GONE, SampleRecords.value(1, null, "soon gone"));
    private static final SampleDelta CHANGES =
            SampleDelta.random(new Random(4), BASE, 12).deleting(GONE);

    @Test
    void aDeltaHoldsItsBaseWithWhatItPutsAndWithoutWhatItDeletes() {
        CommittedVersion base = publishBase();
        CommittedVersion version = publishDelta(delta("run-2"), CHANGES);

        assertThat(version.manifest().delta())
                .hasValue(new Delta(base.manifest().version().number(), base.manifestSha256(), CHANGES.deletes()));
        assertThat(version.manifest().digest()).as("digest of the changes").isEqualTo(CHANGES.digest());
        assertReads(version, CHANGES.on(BASE));
        assertHolds(route(), base, BASE);
    }

    @Test
    void deltasOnRandomRecordsReadAsAFullRebuildDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SampleRecords records = SampleRecords.random(random, 40);
        route().makeCurrent(publish("run-1", records));
        for (int i = 2; i < 7; i++) {
            SampleDelta changes = SampleDelta.random(random, records, random.nextInt(1, 20));
            records = changes.on(records);
            CommittedVersion version = publishDelta(delta("run-" + i).asDeltaOn(i - 1), changes);
            assertThat(version.manifest().digest()).as("seed %d", seed).isEqualTo(changes.digest());
            assertReads(version, records);
        }
    }

    @Test
    void aDeltaWithoutChangesIsAVersion() {
        publishBase();
        assertReads(publishDelta(delta("run-2"), SampleDelta.none()), BASE);
    }

    @Test
    void theClaimKeepsTheBaseForAllSessionsOfARun() {
        publishBase();
        try (PublishSession first = route().publisher().begin(delta("run-2"))) {
            route().makeCurrent(publish("run-3", sample(5)));
            try (PublishSession second = route().publisher().begin(delta("run-2"))) {
                assertThat(second.version()).isEqualTo(first.version());
                assertReads(second.commit(CHANGES.write(second)), CHANGES.on(BASE));
            }
        }
    }

    @Test
    void aBaseThatIsNotCurrentCanBeNamed() {
        publishBase();
        route().makeCurrent(publish("run-2", sample(5)));
        assertReads(publishDelta(delta("run-3").asDeltaOn(1), CHANGES), CHANGES.on(BASE));
    }

    @Test
    void aDeltaWithoutABaseIsRefused() {
        publish("run-1", BASE);
        assertRefused(delta("run-2"), "none is current");
        assertRefused(delta("run-2").asDeltaOn(7), "version 7 of route-delays", "no such committed version");
        PublishSession aborted = begin("run-2");
        aborted.abort("wrong input");
        assertRefused(delta("run-3").asDeltaOn(2), "version 2 of route-delays", "no such committed version");
    }

    @Test
    void aDeltaIsOfItsBasesPartitionsAndSchemas() {
        publishBase();
        assertRefused(delta("run-2").withPartitions(PARTITIONS + 1), PARTITIONS + " partitions", "4");
        assertRefused(delta("run-2").withSchemas(SampleRecords.RECORD_KEY, SampleRecords.VALUE), "key", "string");
        Schema wider = new Schema.Parser().parse("""
                {"type": "record", "name": "Sample", "fields": [
                  {"name": "count", "type": "long"},
                  {"name": "score", "type": ["null", "double"]},
                  {"name": "text", "type": "string"},
                  {"name": "added", "type": ["null", "long"], "default": null}]}""");
        assertRefused(delta("run-2").withSchemas(SampleRecords.TEXT_KEY, wider), "added", "full version");
    }

    @Test
    void aChainOfDeltasHasALimit() {
        publishBase();
        for (int i = 1; i <= CHAIN; i++) {
            publishDelta(delta("delta-" + i).asDeltaOn(i), SampleDelta.none());
        }
        assertRefused(delta("one-too-many").asDeltaOn(CHAIN + 1), "delta 11", "delta.chain", "10", "slipway compact");
        assertThat(publish("full", sample(1)).manifest().delta()).isEmpty();
    }

    @Test
    void onlyADeltaDeletes() {
        try (PublishSession session = begin("run-1");
                PartitionWriter writer =
                        session.openPartition(session.partitioner().partition(GONE), 0)) {
            assertThatThrownBy(() -> writer.delete(GONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("gone", "not a delta");
        }
    }

    @Test
    void putsAndDeletesAreInOneOrder() {
        publishBase();
        try (PublishSession session = route().publisher().begin(delta("run-2"));
                PartitionWriter writer =
                        session.openPartition(session.partitioner().partition(GONE), 0)) {
            writer.delete(GONE);
            assertThatThrownBy(() -> writer.put(GONE, SampleRecords.value(1, null, "")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("gone");
            assertThatThrownBy(() -> writer.delete(GONE)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void aRunIsEitherOfADeltaOrOfAFullVersion() {
        publishBase();
        publishDelta(delta("run-2"), CHANGES);
        assertRefused(publication("run-2"), "run-2", "delta on version 1");
        assertRefused(delta("run-1"), "run-1", "full version");
        try (PublishSession again = route().publisher().begin(delta("run-2"))) {
            assertThat(again.committed()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAFailedPublishTheDeltaIsCompleteOrAbsentAndARepeatGivesItOnce(Faults.Kind kind) {
        forEachCallOfADelta(someCalls(), kind);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(value = Faults.Kind.class, names = "PAUSE", mode = EnumSource.Mode.EXCLUDE)
    void afterAPublishThatFailedAtAnyCallTheDeltaIsCompleteOrAbsentAndARepeatGivesItOnce(Faults.Kind kind) {
        forEachCallOfADelta(allCalls(), kind);
    }

    private void forEachCallOfADelta(Calls calls, Faults.Kind kind) {
        int call = calls.first();
        Faults faults;
        do {
            faults = Faults.at(kind, call);
            Publication publication = Publication.of("delta-" + call)
                    .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                    .withPartitions(2);
            route().makeCurrent(publish(route().publisher(), publication.withRunId(new RunId("base")), BASE));
            Publication delta = publication.asDelta().withRunId(new RunId("run"));
            try {
                publishDelta(route().publisher(faults), delta, CHANGES);
            } catch (UnavailableException | CommitStateUnknownException | ProcessDiedError e) {
                assertThat(route().complete(publication.dataset()))
                        .as("complete after %s", faults)
                        .hasSizeLessThanOrEqualTo(2);
            }
            CommittedVersion version = publishDelta(route().publisher(), delta, CHANGES);
            assertThat(route().complete(publication.dataset()))
                    .as("complete after %s", faults)
                    .containsExactly(
                            new VersionId(publication.dataset(), 1),
                            version.manifest().version());
            assertReads(version, CHANGES.on(BASE));
            call++;
        } while (!calls.areDone(faults));
        assertThat(faults.reached() || faults.calls() > 1).isTrue();
        System.out.println(kind + " points of publishing a delta: " + faults.calls() + ", " + calls);
    }

    private CommittedVersion publishBase() {
        CommittedVersion base = publish("run-1", BASE);
        route().makeCurrent(base);
        return base;
    }

    private static Publication delta(String runId) {
        return publication(runId).asDelta();
    }

    private CommittedVersion publishDelta(Publication publication, SampleDelta changes) {
        return publishDelta(route().publisher(), publication, changes);
    }

    private static CommittedVersion publishDelta(
            VersionPublisher publisher, Publication publication, SampleDelta changes) {
        try (PublishSession session = publisher.begin(publication)) {
            return session.committed().orElseGet(() -> {
                List<PartitionReceipt> receipts = changes.write(session);
                return session.commit(receipts);
            });
        }
    }

    private void assertReads(CommittedVersion version, SampleRecords records) {
        assertThat(route().readAll(version.manifest().version()).stream()
                        .sorted()
                        .toList())
                .as("records of %s", version.manifest().version())
                .isEqualTo(records.rows());
    }
}
