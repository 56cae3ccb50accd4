package io.slipway.serving.staging;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.sst.FileShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Fetches all files of a bundle, several at a time. Thread-safe. */
public final class BundleFetcher implements VersionSource {

    private final FetchCounts counts = new FetchCounts();
    private final FileFetcher files;
    private final Executor executor;

    /**
     * A fetcher.
     *
     * @param executor its threads say how many files are fetched at a time
     * @param throttle bounds the bytes per second of all files together
     */
    public BundleFetcher(RepositoryStorage storage, Executor executor, Throttle throttle) {
        this.files = new FileFetcher(storage, throttle, counts);
        this.executor = executor;
    }

    /** What it has fetched. */
    public FetchCounts counts() {
        return counts;
    }

    @Override
    public long prune(Manifest manifest, Path folder) throws IOException {
        return KeptFiles.prune(manifest, folder);
    }

    /** The files are those of the manifest. */
    @Override
    public List<FileEntry> fetch(CommittedVersion version, FileShape shape, Path folder, StagingProgress progress) {
        Manifest manifest = version.manifest();
        List<FetchTasks.Task<FileEntry>> tasks = new ArrayList<>();
        for (FileEntry file : manifest.files()) {
            tasks.add(cancelled -> {
                files.fetch(manifest.version(), file, folder.resolve(file.name()), progress, cancelled);
                return file;
            });
        }
        return FetchTasks.run(executor, tasks, progress);
    }
}
