package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slipway.batch.JobResult;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a disk that is really full, where this process may mount one; and on one that is no disk at all. */
class FullDiskTest {

    private static final RunId RUN = new RunId("nightly");

    @TempDir
    Path folder;

    private final MemoryPublisher publisher = new MemoryPublisher(2);
    private Path disk;
    private Path input;

    @BeforeEach
    void writeInput() throws IOException {
        input = ManyStages.input(folder);
        disk = Files.createDirectory(folder.resolve("disk"));
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    @Test
    void aFullDiskFailsTheJobSayingSoAndLeavesNothing() throws IOException, InterruptedException {
        mount("32k");
        assertThatThrownBy(() -> engine().build().run(ManyStages.job(input)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("No space left on device", "free space", disk.toString());
        try (Stream<Path> files = Files.list(disk)) {
            assertThat(files).isEmpty();
        }
        assertThat(publisher.aborts).hasSize(2);
    }

    @Test
    void aRunThatFilledTheDiskIsTakenUpWhenThereIsRoom() throws IOException, InterruptedException {
        mount("128k");
        assertThatThrownBy(() -> engine().resumable(RUN, disk).build().run(ManyStages.job(input, RUN)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("No space left on device");
        assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isTrue();

        JobResult result = engine().resumable(RUN, disk).build().run(ManyStages.job(input, RUN));

        assertThat(result.counter("lines")).isEqualTo(ManyStages.LINES);
        assertThat(publisher.versions).hasSize(2);
    }

    @Test
    void aScratchFolderThatCannotBeWrittenIsSaidAtOnce() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (EmbeddedEngine.Builder engine : List.of(engine().scratch(file), engine().resumable(RUN, file))) {
            assertThatThrownBy(() -> engine.build().run(ManyStages.job(input)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("scratch folder", file.toString(), "cannot be written", "Choose another");
        }
        assertThat(publisher.begun).isEmpty();
    }

    private EmbeddedEngine.Builder engine() {
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .splitBytes(4 << 10)
                .scratch(disk)
                .publisher(publisher);
    }

    private void mount(String size) throws IOException, InterruptedException {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()))
                .as("this process may mount a small disk")
                .isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // There is no such command.
        }
    }
}
