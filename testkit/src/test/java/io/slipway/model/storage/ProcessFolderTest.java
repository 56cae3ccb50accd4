package io.slipway.model.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.testkit.Race;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {

    @TempDir
    Path parent;

    /** Another process: opens a folder, says which, and lives until its input ends or it is killed. */
    public static final class Child {

        private Child() {}

        /** Runs the process. */
        public static void main(String[] args) throws IOException {
            ProcessFolder folder = ProcessFolder.open(Path.of(args[0]));
            Files.writeString(folder.newFile(), "half");
            System.out.println(folder.path());
            while (System.in.read() >= 0) {
                // Until the parent goes.
            }
        }
    }

    @Test
    void aFolderGoesWithItsProcess() throws IOException {
        try (ProcessFolder folder = ProcessFolder.open(parent.resolve("below"))) {
            assertThat(folder.path()).isEmptyDirectory();
            assertThat(folder.newFile()).doesNotExist().isNotEqualTo(folder.newFile());
            Files.writeString(folder.newFile(), "x");
            Files.writeString(
                    Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "x");
        }
        assertThat(parent.resolve("below")).isEmptyDirectory();
    }

    @Test
    void theFolderOfADeadProcessIsRemovedAndThatOfALivingOneKept() throws Exception {
        try (ProcessFolder mine = ProcessFolder.open(parent)) {
            Path halfFile = Files.writeString(mine.newFile(), "half");
            Process killed = start();
            Path folderOfKilled = folderOf(killed);
            assertThat(mine.path()).as("of this process, seen from another").exists();
            try (ProcessFolder another = ProcessFolder.open(parent)) {
                assertThat(folderOfKilled).as("of the living other").isNotEmptyDirectory();
                assertThat(another.path()).isNotEqualTo(mine.path());
            }

            killed.destroyForcibly();
            assertThat(killed.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(folderOfKilled).isNotEmptyDirectory();
            Process next = start();
            Path folderOfNext = folderOf(next);
            assertThat(folderOfKilled).as("of the dead").doesNotExist();
            assertThat(halfFile)
                    .as("of this process, which opened and closed another folder")
                    .exists();
            assertThat(folderOfNext).exists();
            next.destroyForcibly();
            assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aLockThatNobodyHoldsIsThatOfADeadProcess() throws IOException {
        Files.createFile(parent.resolve("1-dead.lock"));
        Path dead = Files.createDirectories(parent.resolve("1-dead/sub"));
        Files.writeString(dead.resolve("half"), "x");
        Files.createFile(parent.resolve("2-died-early.lock"));
        Path noneOfOurs = Files.createDirectory(parent.resolve("no-lock"));
        ProcessFolder.open(parent).close();
        assertThat(parent).isDirectoryNotContaining("glob:**dead*").isDirectoryNotContaining("glob:**.lock");
        assertThat(noneOfOurs).exists();
    }

    @Test
    void threadsThatOpenFoldersAtOnceEachGetTheirOwn() throws IOException {
        for (int round = 0; round < 40; round++) {
            Path place = parent.resolve("round-" + round);
            List<ProcessFolder> folders = Race.run(6, i -> () -> {
                ProcessFolder folder = ProcessFolder.open(place);
                Files.writeString(folder.newFile(), "x");
                return folder;
            });
            assertThat(folders.stream().map(ProcessFolder::path).distinct()).hasSize(6);
            folders.forEach(folder -> assertThat(folder.path()).isNotEmptyDirectory());
            Race.run(6, i -> () -> {
                folders.get(i).close();
                return null;
            });
            assertThat(place).isEmptyDirectory();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path folderOf(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as("what the process says").isNotNull();
        return Path.of(line);
    }
}
