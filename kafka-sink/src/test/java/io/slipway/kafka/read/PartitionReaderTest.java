package io.slipway.kafka.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the specification's table "What a consumer checks" that one partition decides. */
class PartitionReaderTest {

    private static final VersionId VERSION = new VersionId(new DatasetName("route-delays"), 1);
    private static final RunId RUN = new RunId("run-1");
    private static final AttemptId FIRST = new AttemptId(1, 0);
    private static final AttemptId SECOND = new AttemptId(1, 1);
    private static final byte[] NO_VALUE = null;
    private static final List<String> RECORDS = List.of("01=0a", "02=0b", "-03");

    private final MemoryStages stages = new MemoryStages();
    private final ListCursor topic = new ListCursor(1);

    @Test
    void theAttemptThatCommitNamesIsKeptAndTheOthersAreDropped() {
        attempt(FIRST);
        long secondStart = topic.endOffset();
        attempt(SECOND);
        topic.control(commit(SECOND, totals()));
        PartitionDecision.Committed committed = committed();
        assertThat(committed.attempt().orElseThrow().startOffset()).isEqualTo(secondStart);
        assertThat(stages.kept).containsOnlyKeys(secondStart).containsValue(RECORDS);
    }

    @Test
    void anAttemptWithoutEndIsDroppedAtTheNextStart() {
        topic.control(start(FIRST));
        topic.data(key(1), key(9));
        attempt(SECOND);
        topic.control(commit(SECOND, totals()));
        committed();
        assertThat(stages.kept.values()).containsExactly(RECORDS);
    }

    @Test
    void anAttemptThatIsNotWhatItsEndSaysCannotWin() {
        topic.control(start(FIRST));
        topic.data(key(1), key(9));
        topic.control(end(FIRST, totals()));
        topic.control(commit(FIRST, totals()));
        assertRefused("attempt 0 of session 1", "no finished attempt");
    }

    @Test
    void anAttemptThatIsNotWhatItsEndSaysDoesNotHinderAnother() {
        topic.control(start(FIRST));
        topic.data(key(1), key(9));
        topic.control(end(FIRST, totals()));
        attempt(SECOND);
        topic.control(commit(SECOND, totals()));
        committed();
        assertThat(stages.kept.values()).containsExactly(RECORDS);
    }

    @Test
    void ofADuplicatedTaskTheAttemptWithTheTotalsOfTheCommitIsKept() {
        attempt(FIRST);
        long other = topic.endOffset();
        topic.control(start(FIRST)).data(key(7), key(7)).control(end(FIRST, totalsOf(key(7), key(7))));
        ListCursor same = topic.copy();
        topic.control(commit(FIRST, totals()));
        committed();
        assertThat(stages.kept.values()).containsExactly(RECORDS);

        same.control(commit(FIRST, totalsOf(key(7), key(7))));
        MemoryStages others = new MemoryStages();
        reader(same, PartitionProgress.START, others).readToDecision();
        assertThat(others.kept).containsOnlyKeys(other);
    }

    @Test
    void aCommitWithAWrongCountOrDigestIsRefused() {
        attempt(FIRST);
        ListCursor same = topic.copy();
        Digest digest = totals().digest();
        topic.control(commit(FIRST, withDigest(new Digest(digest.sum(), digest.records() + 1))));
        assertRefused("of 4 records", "of 3 records");

        same.control(commit(FIRST, withDigest(new Digest(digest.sum() + 1, digest.records()))));
        assertThatThrownBy(() -> reader(same, PartitionProgress.START, stages).readToDecision())
                .isInstanceOf(CorruptDataException.class);
    }

    @Test
    void aCommitOfAnAttemptThatIsNotThereIsRefused() {
        attempt(FIRST);
        topic.control(commit(SECOND, totals()));
        assertRefused("attempt 1 of session 1", "attempt 0 of session 1");
    }

    @Test
    void aPartitionWithoutCommitIsRefusedWhereTheLedgerHasOne() {
        attempt(FIRST);
        assertRefused("a COMMIT", "offset 10");
    }

    @Test
    void anEmptyPartitionKeepsNothing() {
        attempt(FIRST);
        topic.control(commit(new AttemptId(0, 0), AttemptTotals.NONE));
        assertThat(committed().attempt()).isEmpty();
        assertThat(stages.kept).isEmpty();
    }

    @Test
    void anAbortDropsEverything() {
        attempt(FIRST);
        topic.control(start(SECOND)).data(key(1), key(1)).control(new Abort(VERSION, RUN, 1, "wrong input"));
        assertThat(reader().readToDecision()).isInstanceOf(PartitionDecision.Aborted.class);
        assertThat(stages.kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void whateverFollowsTheDecisionIsIgnored(int batch) {
        ListCursor all = new ListCursor(batch);
        attempt(all, FIRST);
        all.control(commit(FIRST, totals())).data(key(1), key(1));
        attempt(all, SECOND);
        all.control(new Abort(VERSION, RUN, 1, "too late"));
        PartitionReader reader = reader(all, PartitionProgress.START, stages);
        assertThat(reader.readToDecision()).isInstanceOf(PartitionDecision.Committed.class);
        assertThat(reader.poll(Duration.ZERO)).isLessThanOrEqualTo(1);
        assertThat(stages.kept.values()).containsExactly(RECORDS);
    }

    @Test
    void aRecordOutsideOfAnyAttemptIsRefused() {
        attempt(FIRST);
        topic.data(key(5), key(5));
        assertRefused("offset 10", "foreign record");
    }

    @Test
    void aForeignRecordWithinAnAttemptMakesItUnfitToWin() {
        topic.control(start(FIRST)).data(key(1), key(10)).data(key(0x66), key(0x66));
        topic.data(key(2), key(11)).data(key(3), NO_VALUE).control(end(FIRST, totals()));
        topic.control(commit(FIRST, totals()));
        assertRefused("no finished attempt");
    }

    @Test
    void controlRecordsThatHaveNoPlaceAreRefused() {
        VersionId other = new VersionId(VERSION.dataset(), 2);
        List<ControlRecord> misplaced = List.of(
                end(FIRST, totals()),
                new Abort(other, RUN, 1, "of another version"),
                new Start(VERSION, RUN, 3, FIRST, true, "", "", ""),
                new Claim(VERSION, RUN, 1, OptionalLong.empty(), "", Instant.EPOCH, ""),
                new Commit(VERSION, RUN, 1, 1, Digest.EMPTY, "", Optional.empty(), Optional.empty()));
        for (ControlRecord record : misplaced) {
            ListCursor cursor = new ListCursor(1).control(record);
            assertThatThrownBy(() ->
                            reader(cursor, PartitionProgress.START, stages).readToDecision())
                    .as(record.toString())
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("offset 0");
        }
    }

    @Test
    void aReaderThatStopsAnywhereIsGoneOnFromByAnother() {
        topic.control(start(FIRST)).data(key(1), key(9));
        attempt(SECOND);
        attempt(new AttemptId(2, 0));
        topic.control(commit(SECOND, totals()));
        for (int polls = 0; polls <= 13; polls++) {
            MemoryStages disk = new MemoryStages();
            PartitionReader stopped = reader(topic.copy(), PartitionProgress.START, disk);
            for (int i = 0; i < polls; i++) {
                stopped.poll(Duration.ZERO);
            }
            PartitionReader next = reader(topic.copy(), throughJson(stopped.progress()), disk);
            assertThat(next.readToDecision()).isInstanceOf(PartitionDecision.Committed.class);
            assertThat(disk.kept.values()).as("stopped after %d", polls).containsExactly(RECORDS);
        }
    }

    private static PartitionProgress throughJson(PartitionProgress progress) {
        ObjectNode json = SealedJson.object();
        PartitionProgressJson.write(progress, json);
        PartitionProgress read = PartitionProgressJson.read(new JsonFields("checkpoint", "", json));
        assertThat(read).isEqualTo(progress);
        return read;
    }

    private void attempt(AttemptId id) {
        attempt(topic, id);
    }

    private static void attempt(ListCursor topic, AttemptId id) {
        topic.control(start(id)).data(key(1), key(10)).data(key(2), key(11)).data(key(3), NO_VALUE);
        topic.control(end(id, totals()));
    }

    private PartitionDecision.Committed committed() {
        return (PartitionDecision.Committed) reader().readToDecision();
    }

    private PartitionReader reader() {
        return reader(topic, PartitionProgress.START, stages);
    }

    private static PartitionReader reader(ListCursor cursor, PartitionProgress from, AttemptStages stages) {
        return new PartitionReader(cursor, VERSION, "slipway.route-delays.v1", 0, from, stages);
    }

    private void assertRefused(String... named) {
        assertThatThrownBy(() -> reader().readToDecision())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("slipway.route-delays.v1")
                .hasMessageContainingAll(named);
    }

    private static byte[] key(int value) {
        return new byte[] {(byte) value};
    }

    private static AttemptTotals totals() {
        DigestBuilder digest = new DigestBuilder();
        digest.add(key(1), key(10));
        digest.add(key(2), key(11));
        digest.addDelete(key(3));
        return new AttemptTotals(digest.digest(), 1, 5, 0);
    }

    private static AttemptTotals totalsOf(byte[] key, byte[] value) {
        DigestBuilder digest = new DigestBuilder();
        digest.add(key, value);
        return new AttemptTotals(digest.digest(), 0, key.length + value.length, 0);
    }

    private static AttemptTotals withDigest(Digest digest) {
        return new AttemptTotals(digest, totals().deletes(), totals().bytes(), 0);
    }

    private static Start start(AttemptId id) {
        return new Start(VERSION, RUN, 0, id, true, "\"string\"", "\"long\"", "lz4");
    }

    private static End end(AttemptId id, AttemptTotals totals) {
        return new End(VERSION, RUN, 0, id, totals);
    }

    private static Commit commit(AttemptId id, AttemptTotals totals) {
        return new Commit(
                VERSION,
                RUN,
                1,
                1,
                totals.digest(),
                "0f".repeat(32),
                Optional.empty(),
                Optional.of(new Winner(0, id, totals)));
    }
}
