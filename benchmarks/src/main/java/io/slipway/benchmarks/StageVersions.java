package io.slipway.benchmarks;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.store.OpenVersion;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * Stages versions of the dataset {@code made} as a node does, one after the other, a delta on the version before it.
 * Usage: {@code StageVersions REPOSITORY DATA VERSION...}, with the system property {@code kafka} where the versions are in
 * topics. Prints a line for each: the version, the seconds, the bytes
 * fetched, and records and digest of what is open then.
 */
public final class StageVersions {

    private static final double NANOS = 1e9;

    private StageVersions() {}

    private static LocalNode node(String[] args) {
        Optional<KafkaSettings> kafka =
                Optional.ofNullable(System.getProperty("kafka")).map(KafkaSettings::of);
        return new LocalNode(Path.of(args[0]), Path.of(args[1]), kafka);
    }

    /** Stages. */
    public static void main(String[] args) {
        DatasetName dataset = new DatasetName("made");
        Deque<OpenVersion> open = new ArrayDeque<>();
        try (LocalNode node = node(args)) {
            for (int i = 2; i < args.length; i++) {
                VersionId id = new VersionId(dataset, Long.parseLong(args[i]));
                StagingProgress progress = new StagingProgress();
                long start = System.nanoTime();
                open.push(node.stage(id, Optional.ofNullable(open.peek()), progress));
                double seconds = (System.nanoTime() - start) / NANOS;
                System.out.printf(
                        Locale.ROOT,
                        "%d %.2f %d %d %s%n",
                        id.number(),
                        seconds,
                        progress.bytesDone(),
                        open.peek().content().digest().records(),
                        open.peek().content().digest().hex());
            }
            open.forEach(OpenVersion::release);
        }
    }
}
