package io.slipway.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicLimits;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.read.AttemptStages;
import io.slipway.kafka.read.ChangeVisitor;
import io.slipway.kafka.read.PartitionProgress;
import io.slipway.kafka.read.PartitionReader;
import io.slipway.kafka.read.TopicVersion;
import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.FencedException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.publish.VersionPublisher;
import io.slipway.testkit.Row;
import io.slipway.testkit.SampleRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of faults that only this route has, on a real broker: at the publisher, and at the reader. */
class KafkaRouteFaultsTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final VersionId FIRST = new VersionId(DATASET, 1);
    private static final SampleRecords RECORDS = SampleRecords.random(new Random(1), 50);
    private static final SampleRecords OTHERS = SampleRecords.random(new Random(2), 50);

    private final KafkaSettings settings = SharedBroker.newPlace();
    private final KafkaRouteUnderTest route = new KafkaRouteUnderTest(settings);
    private final String topic = route.names().version(FIRST);

    @AfterEach
    void closeRoute() {
        route.close();
    }

    @Test
    void anAbortedTransactionIsNotSeen() {
        PublishSession session = begin("run-1");
        try (KafkaPartitionWriter writer = open(session, 0)) {
            OTHERS.records().forEach(writer::put);
        }
        assertReads(session.commit(List.of(write(session, 1, RECORDS))), RECORDS);
    }

    @Test
    void aZombieThatGoesOnAfterItsSuccessorIsFencedAndLeavesNothing() {
        PublishSession session = begin("run-1");
        try (KafkaPartitionWriter zombie = open(session, 0)) {
            OTHERS.records().forEach(zombie::put);
            zombie.commitIfOpenFor(Duration.ZERO); // In the topic, and committed as far as Kafka is concerned.
            PartitionReceipt receipt = write(session, 1, RECORDS);
            zombie.countDuplicates(0);
            assertThatThrownBy(zombie::finish).isInstanceOf(FencedException.class);
            assertReads(session.commit(List.of(receipt)), RECORDS);
        }
    }

    @Test
    void ofADuplicatedTaskTheOneWhoseReceiptIsCommittedCounts() {
        for (int winner = 0; winner < 2; winner++) {
            String run = "run-" + winner;
            PublishSession session = begin(run);
            List<PartitionReceipt> receipts =
                    List.of(write(session, 0, RECORDS), write(session, 0, OTHERS)); // One attempt number, twice.
            assertReads(session.commit(List.of(receipts.get(winner))), winner == 0 ? RECORDS : OTHERS);
        }
    }

    @Test
    void aLateAttemptGivesUpAndFencesNothingThatCounts() {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt = write(session, 1, RECORDS);
        assertThatThrownBy(() -> open(session, 0).close())
                .isInstanceOf(FencedException.class)
                .hasMessageContainingAll("Attempt 1", "attempt 0");
        assertReads(session.commit(List.of(receipt)), RECORDS);
    }

    @Test
    void whoeverIsFencedByAWriterThatGivesUpTriesAgain() {
        PublishSession older = begin("run-1");
        PublishSession newer = begin("run-1");
        try (KafkaPartitionWriter writer = open(newer, 0)) {
            OTHERS.records().forEach(writer::put);
            assertThatThrownBy(() -> open(older, 0).close())
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("newer session");
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("gave up", "again");
        }
        assertReads(newer.commit(List.of(write(newer, 1, RECORDS))), RECORDS);
    }

    @Test
    void aDriverThatIsPausedBeforeItsCommitLeavesTheDecisionToItsSuccessor() {
        List<CommittedVersion> committed = new ArrayList<>();
        VersionPublisher paused = interposed(commit -> {
            try (PublishSession newer = begin("run-1")) {
                committed.add(newer.commit(List.of(write(newer, 0, OTHERS))));
            }
            commit.run();
        });
        PublishSession older = paused.begin(publication("run-1"));
        PartitionReceipt receipt = write(older, 0, RECORDS);
        assertThat(older.commit(List.of(receipt))).isEqualTo(committed.get(0));
        assertReads(committed.get(0), OTHERS);
        assertThat(route.complete(DATASET)).containsExactly(FIRST);
    }

    @Test
    void aVersionIsDecidedOnceInItsTopicTooHoweverOftenSomebodyTries() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = List.of(write(session, 0, RECORDS));
        CommittedVersion version = session.commit(receipts);
        try (TopicCursor cursor = route.cluster().cursor(topic, 0)) {
            long end = cursor.endOffset();
            assertThat(session.commit(receipts)).isEqualTo(version);
            session.abort("too late");
            assertThat(cursor.endOffset()).isEqualTo(end);
        }
    }

    @Test
    void aLostAcknowledgementOfTheCommitIsSettledByARepeat() {
        VersionPublisher deaf = interposed(commit -> {
            commit.run();
            throw new UnavailableException("The acknowledgement is lost. Try again.");
        });
        PublishSession session = deaf.begin(publication("run-1"));
        PartitionReceipt receipt = write(session, 0, RECORDS);
        assertThatThrownBy(() -> session.commit(List.of(receipt)))
                .isInstanceOf(CommitStateUnknownException.class)
                .hasMessageContainingAll("version 1 of route-delays", "same run id");
        try (PublishSession again = begin("run-1")) {
            assertReads(again.committed().orElseThrow(), RECORDS);
        }
    }

    @Test
    void aCommitThatDidNotTakePlaceIsSettledByARepeat() {
        VersionPublisher unlucky = interposed(commit -> {
            throw new UnavailableException("The broker is gone. Try again.");
        });
        PublishSession session = unlucky.begin(publication("run-1"));
        PartitionReceipt receipt = write(session, 0, RECORDS);
        assertThatThrownBy(() -> session.commit(List.of(receipt))).isInstanceOf(CommitStateUnknownException.class);
        assertThat(route.complete(DATASET)).isEmpty();
        try (PublishSession again = begin("run-1")) {
            assertThat(again.committed()).isEmpty();
            assertThat(again.holds(receipt)).isTrue();
            assertReads(again.commit(List.of(receipt)), RECORDS);
        }
    }

    @Test
    void aReceiptWhoseRecordsAreNotInTheTopicDoesNotHold() {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt = write(session, 0, RECORDS);
        PartitionReceipt other = write(session, 1, OTHERS);
        assertThat(session.holds(receipt)).isTrue();
        PartitionReceipt mixed = new PartitionReceipt(
                FIRST, 0, 0, receipt.files(), other.digest(), receipt.bytes(), 0, receipt.sketches());
        assertThat(session.holds(mixed)).isFalse();
    }

    @Test
    void aForeignRecordWithinTheWinningAttemptIsFoundByTheReader() {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt;
        try (KafkaPartitionWriter writer = open(session, 0)) {
            RECORDS.records().forEach(writer::put);
            writer.commitIfOpenFor(Duration.ZERO);
            appendForeign();
            receipt = writer.finish();
        }
        assertRefused(session.commit(List.of(receipt)), "no finished attempt");
    }

    @Test
    void aForeignRecordBetweenAttemptsIsFoundByTheReader() {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt = write(session, 0, RECORDS);
        appendForeign();
        assertRefused(session.commit(List.of(receipt)), "foreign record");
    }

    @Test
    void aForeignRecordAfterTheCommitChangesNothing() {
        CommittedVersion version = publish("run-1");
        appendForeign();
        assertReads(version, RECORDS);
    }

    @Test
    void aTruncatedTopicIsRefused() throws Exception {
        CommittedVersion version = publish("run-1");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.servers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
        }
        assertRefused(version, "offset 0", "none before 10");
    }

    @Test
    void aTopicThatWasDeletedAndCreatedAgainIsRefused() throws Exception {
        CommittedVersion version = publish("run-1");
        recreateTopic();
        assertRefused(
                version, "topic id " + version.manifest().topic().orElseThrow().id());
    }

    @Test
    void aCommitIntoATopicThatWasCreatedAgainIsRefused() throws Exception {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt = write(session, 0, RECORDS);
        recreateTopic();
        assertThatThrownBy(() -> session.commit(List.of(receipt)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("topic id");
        assertThat(route.complete(DATASET)).isEmpty();
    }

    @Test
    void aCommitWithAWrongCountIsRefused() {
        PublishSession session = begin("run-1");
        PartitionReceipt receipt = write(session, 0, RECORDS);
        PartitionReceipt other = write(session, 1, OTHERS);
        // Consistent in itself, and not what attempt 0 wrote.
        PartitionReceipt forged = new PartitionReceipt(
                FIRST,
                0,
                0,
                List.of(renamed(other, receipt.files().get(0).name())),
                other.digest(),
                other.bytes(),
                0,
                other.sketches());
        assertRefused(session.commit(List.of(forged)), "attempt 0 of session 1");
    }

    @Test
    void aPartitionWithoutItsCommitIsRefused() {
        PublishSession session = route.publisher().begin(publication("run-1").withPartitions(2));
        Winner empty = new Winner(0, new AttemptId(0, 0), AttemptTotals.NONE);
        CommittedVersion other = publish("run-2");
        Commit commit = new Commit(
                FIRST,
                new RunId("run-1"),
                1,
                2,
                Digest.EMPTY,
                other.manifestSha256(),
                Optional.empty(),
                Optional.of(empty));
        route.cluster().append(ControlCodec.write(topic, 0, commit));
        try (var reader = new PartitionReader(
                route.cluster().cursor(topic, 1),
                session.version(),
                topic,
                1,
                PartitionProgress.START,
                AttemptStages.none())) {
            assertThatThrownBy(reader::readToDecision)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContainingAll("partition 1", "a COMMIT");
        }
    }

    @Test
    void aRecordOverTheLimitIsRefusedWithItsKeyAndTheLimit() {
        PublishSession session = begin("run-1");
        try (KafkaPartitionWriter writer = open(session, 0)) {
            byte[] most = new byte[TopicLimits.MOST_RECORD_BYTES];
            assertThatThrownBy(() -> writer.put(SampleRecords.key("big"), most))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("'big'", String.valueOf(TopicLimits.MOST_RECORD_BYTES));
        }
    }

    @Test
    void aRecordOfTheGreatestSizeGoesThrough() {
        // Of a random text, so that compression does not make it small.
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < TopicLimits.MOST_RECORD_BYTES - 100) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        SampleRecords big =
                SampleRecords.none().with(SampleRecords.key("big"), SampleRecords.value(1, null, text.toString()));
        PublishSession session = begin("run-1");
        assertReads(session.commit(List.of(write(session, 0, big))), big);
    }

    @Test
    void theDatasetsTopicSaysRouteNumberPolicyAndRouting() {
        DatasetEntry known = KafkaRouteUnderTest.empty(DATASET);
        route.announce(known.with(known.settings().with("route", "sst")), Optional.empty());
        assertThatThrownBy(() -> begin("run-1").close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("published over sst", "--route sst");

        CommittedVersion elsewhere = elsewhere();
        route.announce(
                known.with(known.settings().with("duplicates", "last"))
                        .with(VersionEntry.committed(elsewhere.manifest(), elsewhere.manifestSha256(), Instant.EPOCH)),
                Optional.empty());
        try (PublishSession session = begin("run-2")) {
            assertThat(session.version().number()).as("above the catalog's").isEqualTo(2);
            assertThat(session.duplicates()).isEqualTo(DuplicatePolicy.LAST);
        }
    }

    @Test
    void aForeignRecordInTheLedgerSaysNothing() {
        publish("run-1");
        route.cluster().append(new ProducerRecord<>(route.names().ledger(), 0, new byte[] {1}, new byte[] {2}));
        assertThat(publish("run-2").manifest().version().number()).isEqualTo(2);
    }

    /** Some version 1 of the dataset, as the catalog may have it from before the dataset changed its route. */
    private CommittedVersion elsewhere() {
        try (KafkaRouteUnderTest other = new KafkaRouteUnderTest(SharedBroker.newPlace())) {
            PublishSession session = other.publisher().begin(publication("run-1"));
            return session.commit(List.of(write(session, 0, RECORDS)));
        }
    }

    private static FileEntry renamed(PartitionReceipt receipt, String name) {
        FileEntry file = receipt.files().get(0);
        return new FileEntry(name, 0, file.bytes(), file.records(), "", file.leastKey(), file.greatestKey());
    }

    private void recreateTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.servers()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
        Awaitility.await().until(() -> route.cluster().topic(topic).isEmpty());
        route.cluster().createTopic(topic, 1, Map.of());
    }

    private void appendForeign() {
        route.cluster().append(new ProducerRecord<>(topic, 0, new byte[] {0x66}, new byte[] {0x66}));
    }

    private VersionPublisher interposed(Consumer<Runnable> atCommit) {
        return route.publisher(
                new InterposedCluster(route.cluster(), route.names().driver(FIRST), atCommit));
    }

    private CommittedVersion publish(String run) {
        PublishSession session = begin(run);
        return session.commit(List.of(write(session, 0, RECORDS)));
    }

    private PublishSession begin(String run) {
        return route.publisher().begin(publication(run));
    }

    private static Publication publication(String run) {
        return Publication.of(DATASET)
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE)
                .withPartitions(1)
                .withRunId(new RunId(run));
    }

    private static KafkaPartitionWriter open(PublishSession session, int attempt) {
        return (KafkaPartitionWriter) session.openPartition(0, attempt);
    }

    private static PartitionReceipt write(PublishSession session, int attempt, SampleRecords records) {
        try (KafkaPartitionWriter writer = open(session, attempt)) {
            records.records().forEach(writer::put);
            return writer.finish();
        }
    }

    private void assertReads(CommittedVersion version, SampleRecords records) {
        assertThat(route.readAll(version.manifest().version()).stream().sorted().toList())
                .isEqualTo(records.rows());
    }

    private void assertRefused(CommittedVersion version, String... named) {
        List<Row> shown = new ArrayList<>();
        assertThatThrownBy(() -> new TopicVersion(route.cluster(), version).read(new ChangeVisitor() {
                    @Override
                    public void put(byte[] key, byte[] value) {
                        shown.add(Row.of(key, value));
                    }

                    @Override
                    public void delete(byte[] key) {
                        shown.add(Row.of(key, key));
                    }
                }))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(topic)
                .hasMessageContainingAll(named);
        assertThat(shown).as("shown of a version that is not whole").isEmpty();
    }
}
