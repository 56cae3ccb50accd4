package io.slipway.kafka.read;

import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.model.CorruptDataException;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.CommittedVersion;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a consumer holds of a version's partitions is the version that its manifest describes
 * ({@code spec/version-topic.md}, "What a consumer checks"). Stateless.
 */
public final class VersionCheck {

    private VersionCheck() {}

    /**
     * Checks that a topic is the one that the manifest names, as it was.
     *
     * @param found the topic of that name, if there is one
     * @throws CorruptDataException if it is not
     */
    public static void checkTopic(Manifest manifest, Optional<TopicInfo> found) {
        VersionTopic topic = topic(manifest);
        TopicInfo info =
                found.orElseThrow(() -> new CorruptDataException(topic.name(), "whole topic", "a topic", "none"));
        if (!info.id().equals(topic.id())) {
            throw new CorruptDataException(topic.name(), "whole topic", "topic id " + topic.id(), info.id());
        }
        if (info.partitions() != manifest.partitions().size()) {
            throw new CorruptDataException(
                    topic.name(),
                    "whole topic",
                    manifest.partitions().size() + " partitions",
                    String.valueOf(info.partitions()));
        }
    }

    /**
     * Checks that every partition is committed, by one decision, and that together they are the version.
     *
     * @param version what the ledger says
     * @param decisions how the partitions end, in their order
     * @throws CorruptDataException if not
     */
    public static void check(CommittedVersion version, List<PartitionDecision> decisions) {
        Manifest manifest = version.manifest();
        Digest sum = Digest.EMPTY;
        for (int partition = 0; partition < decisions.size(); partition++) {
            sum = sum.plus(checked(version, partition, decisions.get(partition)));
        }
        expect(
                manifest,
                "all partitions",
                manifest.partitions().size() + " partitions",
                decisions.size() + " partitions");
        expect(manifest, "all partitions", manifest.digest(), sum);
    }

    private static Digest checked(CommittedVersion version, int partition, PartitionDecision decision) {
        Manifest manifest = version.manifest();
        String place = "partition " + partition;
        if (!(decision instanceof PartitionDecision.Committed committed)) {
            throw new CorruptDataException(topic(manifest).name(), place, "a COMMIT", decision);
        }
        Digest held = committed.winner().totals().digest();
        expect(
                manifest,
                place,
                "manifest " + version.manifestSha256(),
                "manifest " + committed.commit().manifestSha256());
        expect(manifest, place, manifest.digest(), committed.commit().digest());
        expect(manifest, place, manifest.partitions().get(partition).digest(), held);
        return held;
    }

    private static void expect(Manifest manifest, String place, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new CorruptDataException(topic(manifest).name(), place, expected, found);
        }
    }

    private static VersionTopic topic(Manifest manifest) {
        return manifest.topic().orElseThrow();
    }
}
