package io.slipway.kafka.read;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Every row of the specification's table "What a consumer checks" that takes all partitions to see. */
class VersionCheckTest {

    private static final String TOPIC = "slipway.route-delays.v1";
    private static final String SHA256 = "0f".repeat(32);
    private static final VersionId VERSION = new VersionId(new DatasetName("route-delays"), 1);
    private static final RunId RUN = new RunId("run-1");
    private static final Digest ZERO = new Digest(11, 3);
    private static final Digest ONE = new Digest(22, 4);
    private static final Digest ALL = ZERO.plus(ONE);
    private static final CommittedVersion COMMITTED = new CommittedVersion(manifest(), SHA256);

    @Test
    void aWholeVersionIsTaken() {
        assertThatCode(() ->
                        VersionCheck.check(COMMITTED, List.of(decision(ZERO, ALL, SHA256), decision(ONE, ALL, SHA256))))
                .doesNotThrowAnyException();
        assertThatCode(() -> VersionCheck.checkTopic(manifest(), Optional.of(new TopicInfo(TOPIC, "id-1", 2, false))))
                .doesNotThrowAnyException();
    }

    @Test
    void everyPartitionHasToBeCommitted() {
        PartitionDecision aborted = new PartitionDecision.Aborted(new Abort(VERSION, RUN, 1, "wrong input"));
        assertRefused(List.of(decision(ZERO, ALL, SHA256), aborted), "partition 1");
        assertRefused(List.of(decision(ZERO, ALL, SHA256)), "2 partitions", "1 partitions");
    }

    @Test
    void everyPartitionHasToBeCommittedByOneDecision() {
        String other = "1e".repeat(32);
        assertRefused(List.of(decision(ZERO, ALL, SHA256), decision(ONE, ALL, other)), "partition 1", SHA256, other);
        Digest more = new Digest(ALL.sum(), ALL.records() + 1);
        assertRefused(List.of(decision(ZERO, more, SHA256), decision(ONE, ALL, SHA256)), "partition 0", "8 records");
    }

    @Test
    void everyPartitionHasToBeTheOneOfTheManifest() {
        assertRefused(List.of(decision(ONE, ALL, SHA256), decision(ZERO, ALL, SHA256)), "partition 0");
    }

    @Test
    void theTopicHasToBeTheOneOfTheManifest() {
        for (Optional<TopicInfo> found : List.of(
                Optional.<TopicInfo>empty(),
                Optional.of(new TopicInfo(TOPIC, "id-2", 2, true)),
                Optional.of(new TopicInfo(TOPIC, "id-1", 3, true)))) {
            assertThatThrownBy(() -> VersionCheck.checkTopic(manifest(), found))
                    .as(found.toString())
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining(TOPIC);
        }
    }

    private static void assertRefused(List<PartitionDecision> decisions, String... named) {
        assertThatThrownBy(() -> VersionCheck.check(COMMITTED, decisions))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContainingAll(named);
    }

    private static PartitionDecision decision(Digest held, Digest total, String sha256) {
        Winner winner = new Winner(0, new AttemptId(1, 0), new AttemptTotals(held, 0, 100, 0));
        Commit commit = new Commit(VERSION, RUN, 1, 2, total, sha256, Optional.empty(), Optional.of(winner));
        return new PartitionDecision.Committed(commit, winner, Optional.empty());
    }

    private static Manifest manifest() {
        return new Manifest(
                VERSION,
                Route.KAFKA,
                RUN,
                Schema.create(Schema.Type.STRING),
                Schema.create(Schema.Type.LONG),
                Optional.empty(),
                Optional.of(new VersionTopic(TOPIC, "id-1")),
                0,
                List.of(),
                List.of(new PartitionEntry(0, ZERO), new PartitionEntry(1, ONE)),
                ALL,
                100,
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "lz4",
                new Provenance("", "", "", "", List.of(), Instant.EPOCH, Instant.EPOCH));
    }
}
