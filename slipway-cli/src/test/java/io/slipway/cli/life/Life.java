package io.slipway.cli.life;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One life of a dataset: publish, stage, swap, roll back, publish after it, swap by hand, a delta, its compaction,
 * retirement, collection of what is left. Every step can be repeated. With it what each version holds, and what readers
 * are to see one after the other.
 */
final class Life {

    static final DatasetName DATASET = new DatasetName("life");

    /** The versions that readers see, in this order; 0 before there is one. The rollback goes from 2 to 1. */
    static final List<Long> SEEN = List.of(0L, 1L, 2L, 1L, 3L, 4L, 5L);

    /** What the delta, version 4, changes of version 3. */
    static final SampleDelta DELTA = SampleDelta.none()
            .deleting(SampleRecords.key("k0"))
            .putting(SampleRecords.key("k1"), value(4, "k1"))
            .putting(SampleRecords.key("k9"), value(4, "k9"));

    /** What is in each version. The compaction, version 5, has what the delta comes to. */
    static final Map<Long, SampleRecords> VERSIONS = versions();

    static final SortedSet<byte[]> KEYS = keys();

    /** Little is retained, and the nodes are asked what is in each version before it is swapped in. */
    private static final Map<String, String> SETTINGS = Map.of(
            "retention.versions", "1",
            "retention.age", "0s",
            "gate.canary", "k2: count = 10; absent absent",
            "gate.changed", "100%");

    static final List<Step> STEPS = List.of(
            new Step("set", 0, process -> process.set(SETTINGS)),
            new Step("publish 1", 1, process -> process.publish(1)),
            new Step("publish 2", 2, process -> process.publish(2)),
            new Step("roll back", 3, process -> process.rollback(OptionalLong.of(1))),
            new Step("publish 3", 3, process -> process.publish(3)),
            new Step("swap 3", 4, process -> process.swap(3)),
            new Step("restart", 4, LiveProcess::restart),
            new Step("publish delta 4", 5, process -> process.publishDelta(DELTA)),
            new Step("compact 4", 6, process -> process.compact(4)),
            new Step("retire 4", 6, process -> process.retire(4)),
            new Step("collect", 6, process -> process.pass(Duration.ofHours(2))));

    private Life() {}

    /**
     * One step.
     *
     * @param seen how far in {@link #SEEN} readers are after it; before it they are where the step before left them
     * @param command what is asked for; that comes true once everything has settled
     */
    record Step(String name, int seen, Command command) {}

    /** What somebody asks a process for. */
    @FunctionalInterface
    interface Command {
        void run(LiveProcess process);
    }

    static VersionId version(long number) {
        return new VersionId(DATASET, number);
    }

    private static byte[] value(long version, String key) {
        return SampleRecords.value(10, 0.5, "v" + version + " of " + key);
    }

    private static Map<Long, SampleRecords> versions() {
        Map<Long, SampleRecords> versions = new HashMap<>();
        for (long version = 1; version <= 3; version++) {
            SampleRecords records = SampleRecords.none();
            for (int i = 0; i < 8; i++) {
                records = records.with(SampleRecords.key("k" + i), value(version, "k" + i));
            }
            versions.put(version, records.with(SampleRecords.key("only-" + version), value(version, "own")));
        }
        versions.put(4L, DELTA.on(versions.get(3L)));
        versions.put(5L, versions.get(4L));
        return versions;
    }

    private static SortedSet<byte[]> keys() {
        SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        VERSIONS.values().forEach(records -> keys.addAll(records.records().keySet()));
        return keys;
    }
}
