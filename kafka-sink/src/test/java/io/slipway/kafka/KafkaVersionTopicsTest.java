package io.slipway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.model.DatasetName;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.DatasetSummary;
import io.slipway.model.json.Sha256;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.topic.TopicClaim;
import io.slipway.model.topic.TopicClaim.State;
import io.slipway.testkit.SampleRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaVersionTopicsTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final VersionId FIRST = new VersionId(DATASET, 1);
    private static final SampleRecords RECORDS = SampleRecords.random(new Random(1), 20);

    private final KafkaSettings settings = SharedBroker.newPlace();
    private final KafkaRouteUnderTest route = new KafkaRouteUnderTest(settings);
    private final KafkaVersionTopics topics = KafkaVersionTopics.connect(settings);

    @AfterEach
    void closeAll() {
        topics.close();
        route.close();
    }

    @Test
    void aClaimIsSeenOpenAndThenCommittedWithItsManifestByteForByte() {
        assertThat(topics.claims()).isEmpty();
        try (PublishSession session = begin("run-1")) {
            assertThat(states()).containsExactly(State.OPEN);
            assertThatThrownBy(() -> topics.decision(FIRST)).isInstanceOf(NotFoundException.class);
            CommittedVersion committed = session.commit(List.of(write(session)));

            assertThat(states()).containsExactly(State.COMMITTED);
            assertThat(topics.claims().get(0).manifestSha256()).contains(committed.manifestSha256());
            assertThat(topics.claims().get(0).claim().runId()).isEqualTo(new RunId("run-1"));
            assertThat(Sha256.hex(topics.decision(FIRST))).isEqualTo(committed.manifestSha256());
        }
    }

    @Test
    void anAbortedVersionHasADecisionThatIsTheSameForAll() {
        try (PublishSession session = begin("run-1")) {
            session.abort("wrong input");
        }
        assertThat(states()).containsExactly(State.ABORTED);
        byte[] document = topics.decision(FIRST);
        assertThat(DecisionJson.read("it", FIRST, document))
                .isInstanceOfSatisfying(
                        Decision.Aborted.class,
                        aborted -> assertThat(aborted.reason()).isEqualTo("wrong input"));
        try (KafkaVersionTopics other = KafkaVersionTopics.connect(settings)) {
            assertThat(other.claims()).hasSize(1);
            assertThat(other.decision(FIRST)).isEqualTo(document);
        }
    }

    @Test
    void aWriterWhoseClaimWasGivenUpIsFencedAndItsRunBeginsAnew() {
        try (PublishSession session = begin("run-1");
                PartitionWriter writer = session.openPartition(0, 0)) {
            RECORDS.records().forEach(writer::put);
            topics.abort(FIRST, "nothing for a week");

            assertThatThrownBy(writer::finish).isInstanceOf(FencedException.class);
        }
        topics.abort(FIRST, "once more");
        assertThat(states()).containsExactly(State.ABORTED);
        try (PublishSession again = begin("run-1")) {
            assertThat(again.version().number()).isEqualTo(2);
        }
    }

    @Test
    void aCommittedVersionIsNotAborted() {
        try (PublishSession session = begin("run-1")) {
            session.commit(List.of(write(session)));
        }
        topics.abort(FIRST, "too late");
        assertThat(states()).containsExactly(State.COMMITTED);
    }

    @Test
    void activityIsTheLastClaimOrTheLastRecord() {
        Instant before = Instant.now().minusMillis(1);
        try (PublishSession session = begin("run-1")) {
            Instant claimed = topics.lastActivity(FIRST);
            assertThat(claimed).isAfter(before);
            PartitionReceipt unused = write(session);
            Instant written = topics.lastActivity(FIRST);
            assertThat(written).isAfter(claimed);
            try (PublishSession joined = begin("run-1")) {
                assertThat(joined.version()).isEqualTo(FIRST);
                assertThat(topics.lastActivity(FIRST)).isAfterOrEqualTo(written);
            }
        }
    }

    @Test
    void topicsAreDeletedHoweverOftenAndTheLedgerStays() {
        try (PublishSession session = begin("run-1")) {
            session.commit(List.of(write(session)));
        }
        List<VersionId> both = List.of(FIRST, new VersionId(DATASET, 9));

        topics.delete(both);
        topics.delete(both);

        Awaitility.await("brokers forget it soon")
                .until(() -> route.cluster().topic(route.names().version(FIRST)).isEmpty());
        assertThat(states()).containsExactly(State.COMMITTED);
        try (PublishSession next = begin("run-2")) {
            assertThat(next.version().number()).isEqualTo(2);
        }
    }

    @Test
    void publishersGoByWhatWasAnnouncedAndOnlyWhatIsNewIsWritten() {
        DatasetEntry sst = DatasetEntry.empty(DATASET);
        List<DatasetSummary> summaries =
                List.of(DatasetSummary.of(sst, Optional.empty()).withClaimed(4));
        topics.announce(summaries);
        topics.announce(summaries);
        try (KafkaVersionTopics other = KafkaVersionTopics.connect(settings)) {
            other.announce(summaries);
        }
        try (TopicCursor cursor = route.cluster().cursor(route.names().datasets(), 0)) {
            assertThat(cursor.endOffset()).isEqualTo(1);
        }
        assertThatThrownBy(() -> begin("run-1").close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("over sst, not over kafka");

        DatasetEntry kafka = sst.with(sst.settings().with("route", "kafka"));
        topics.announce(List.of(DatasetSummary.of(kafka, Optional.empty()).withClaimed(4)));
        try (PublishSession session = begin("run-1")) {
            assertThat(session.version().number()).as("above what is claimed").isEqualTo(5);
        }
    }

    private List<State> states() {
        return topics.claims().stream().map(TopicClaim::state).toList();
    }

    private PublishSession begin(String run) {
        return route.publisher()
                .begin(Publication.of(DATASET)
                        .withRunId(new RunId(run))
                        .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                        .withPartitions(1));
    }

    private static PartitionReceipt write(PublishSession session) {
        try (PartitionWriter writer = session.openPartition(0, 0)) {
            RECORDS.records().forEach(writer::put);
            return writer.finish();
        }
    }
}
