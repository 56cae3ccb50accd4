package io.slipway.serving.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a node are created by several stagings at once. */
class DurableFilesTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 200;

    @TempDir
    private Path folder;

    @Test
    void threadsThatCreateTheSameFoldersAtOnceAllSucceed() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Path common = folder.resolve("round" + round).resolve("datasets");
                List<Callable<Path>> creations = IntStream.range(0, THREADS)
                        .mapToObj(thread -> creation(together, common.resolve("d" + thread)))
                        .toList();
                for (Future<Path> created : threads.invokeAll(creations)) {
                    assertThat(created.get()).isDirectory();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Path> creation(CyclicBarrier together, Path created) {
        return () -> {
            together.await();
            DurableFiles.createFolders(folder, created);
            return created;
        };
    }

    @Test
    void aFileInTheWayIsAnError() throws Exception {
        Path file = Files.createFile(folder.resolve("datasets"));

        assertThatThrownBy(() -> DurableFiles.createFolders(folder, file.resolve("routes")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(file.toString());
    }
}
