package io.slipway.benchmarks;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.store.OpenVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stages version 1 of the dataset {@code made} as a node does, and reads and hashes the same files by as many threads,
 * alternating in one JVM. Usage: {@code StageAndHash REPOSITORY ROUNDS DATA}. Prints a line for each round after the
 * first: the seconds of either. Both compare the hash with the manifest's.
 */
public final class StageAndHash {

    private static final double NANOS = 1e9;
    private static final VersionId VERSION = new VersionId(new DatasetName("made"), 1);

    private StageAndHash() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        Path repository = Path.of(args[0]);
        Path data = Path.of(args[2]);
        for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
            String stage = String.format(Locale.ROOT, "%.2f", stage(repository, data));
            String hash = String.format(Locale.ROOT, "%.2f", hash(repository, data));
            ProcessFolder.deleteTree(data);
            if (round > 0) {
                System.out.println(stage + " " + hash);
            }
        }
    }

    private static double stage(Path repository, Path data) {
        try (LocalNode node = new LocalNode(repository, data)) {
            long start = System.nanoTime();
            OpenVersion version = node.stage(VERSION, Optional.empty(), new StagingProgress());
            double seconds = (System.nanoTime() - start) / NANOS;
            version.release();
            return seconds;
        }
    }

    private static double hash(Path repository, Path data) throws Exception {
        Manifest manifest;
        try (LocalNode node = new LocalNode(repository, data)) {
            manifest = node.manifest(VERSION);
        }
        List<Callable<Void>> files = new ArrayList<>();
        for (FileEntry file : manifest.files()) {
            files.add(() -> hash(repository.resolve(Layout.file(VERSION, file.name())), file));
        }
        ExecutorService threads = Executors.newFixedThreadPool(LocalNode.FETCHERS);
        long start = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(files)) {
            done.get();
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        threads.shutdown();
        return seconds;
    }

    private static Void hash(Path path, FileEntry file) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            String found = Sha256.hex(in);
            if (!found.equals(file.sha256())) {
                throw new IllegalStateException(path + ": " + found);
            }
            return null;
        }
    }
}
