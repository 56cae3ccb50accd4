package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Compression;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.serving.store.DurableFiles;
import io.slipway.sst.FileShape;
import io.slipway.sst.SstRecords;
import io.slipway.testkit.SampleDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;

/** Fetches into a folder as a staging does, and reads what is there. */
final class Fetching {

    /** Files so small that there are several. */
    static final FileShape SMALL = new FileShape(Compression.LZ4, 2000);

    static final Throttle UNBOUNDED = new Throttle(0, System::nanoTime, nanos -> {});

    private Fetching() {}

    static List<FileEntry> fetch(Cluster cluster, CommittedVersion version, Path folder) {
        return fetch(cluster, version, folder, Runnable::run, UNBOUNDED, new StagingProgress());
    }

    static List<FileEntry> fetch(
            Cluster cluster,
            CommittedVersion version,
            Path folder,
            Executor executor,
            Throttle throttle,
            StagingProgress progress) {
        TopicFetcher fetcher = new TopicFetcher(cluster, executor, throttle);
        try {
            long unused = fetcher.prune(version.manifest(), folder);
            DurableFiles.createFolders(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fetcher.fetch(version, SMALL, folder, progress);
    }

    /** What files hold, all partitions together. */
    static SampleDelta read(Path folder, List<FileEntry> files) {
        SampleDelta[] read = {SampleDelta.none()};
        for (FileEntry file : files) {
            SstRecords.forEach(
                    folder.resolve(file.name()),
                    (key, value) -> read[0] = file.isDeletes() ? read[0].deleting(key) : read[0].putting(key, value));
        }
        return read[0];
    }

    /** What files hold, as text. */
    static String text(SampleDelta changes) {
        StringBuilder text = new StringBuilder();
        changes.changes()
                .forEach((key, value) -> text.append(HexFormat.of().formatHex(key))
                        .append(value.map(put -> "=" + HexFormat.of().formatHex(put))
                                .orElse(" deleted"))
                        .append('\n'));
        return text.toString();
    }
}
