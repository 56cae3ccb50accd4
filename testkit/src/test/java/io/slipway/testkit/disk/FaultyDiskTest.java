package io.slipway.testkit.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.testkit.Faults;
import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyDiskTest {

    @TempDir
    Path folder;

    private FaultyDisk disk;
    private Path mounted;

    @BeforeEach
    void mount() throws IOException {
        Files.writeString(folder.resolve("old"), "as it was");
        disk = new FaultyDisk(folder);
        mounted = disk.mount(Faults.none());
    }

    @Test
    void aFileOfWhichContentAndNameWereSyncedSurvives() throws IOException {
        write(mounted.resolve("file"), "content");
        sync(mounted.resolve("file"));
        sync(mounted);
        losePower();
        assertThat(folder.resolve("file")).hasContent("content");
    }

    @Test
    void aFileWhoseContentWasNotSyncedIsEmpty() throws IOException {
        write(mounted.resolve("file"), "content");
        sync(mounted);
        losePower();
        assertThat(folder.resolve("file")).isEmptyFile();
    }

    @Test
    void aNameThatWasNotSyncedVanishes() throws IOException {
        write(mounted.resolve("file"), "content");
        sync(mounted.resolve("file"));
        Files.createDirectory(mounted.resolve("folder"));
        losePower();
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("old"));
    }

    @Test
    void whatWasSyncedInAFolderGoesWithTheFolder() throws IOException {
        Path inner = Files.createDirectory(mounted.resolve("folder"));
        write(inner.resolve("file"), "content");
        sync(inner.resolve("file"));
        sync(inner);
        losePower();
        assertThat(folder.resolve("folder")).doesNotExist();
    }

    @Test
    void aReplacementThatWasNotSyncedIsTakenBack() throws IOException {
        write(mounted.resolve("new"), "new");
        sync(mounted.resolve("new"));
        Files.move(mounted.resolve("new"), mounted.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(folder.resolve("old")).hasContent("new");
        losePower();
        assertThat(folder.resolve("old")).hasContent("as it was");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void aRemovalThatWasNotSyncedIsTakenBack() throws IOException {
        Files.delete(mounted.resolve("old"));
        losePower();
        assertThat(folder.resolve("old")).hasContent("as it was");
        mounted = disk.mount(Faults.none());
        Files.delete(mounted.resolve("old"));
        sync(mounted);
        losePower();
        assertThat(folder.resolve("old")).doesNotExist();
    }

    @Test
    void aLinkHasTheContentThatItsOtherNameWasSyncedWith() throws IOException {
        write(mounted.resolve("one"), "content");
        Files.createLink(mounted.resolve("other"), mounted.resolve("one"));
        sync(mounted.resolve("one"));
        Files.delete(mounted.resolve("one"));
        sync(mounted);
        losePower();
        assertThat(folder.resolve("other")).hasContent("content");
        assertThat(folder.resolve("one")).doesNotExist();
    }

    @Test
    void whatANativeLibraryWritesIntoAFolderOfItsOwnStaysWithTheFolder() throws IOException {
        Files.createDirectory(folder.resolve("kept"));
        Files.writeString(folder.resolve("kept/file"), "content");
        sync(mounted);
        Files.createDirectory(folder.resolve("lost"));
        losePower();
        assertThat(folder.resolve("kept/file")).hasContent("content");
        assertThat(folder.resolve("lost")).doesNotExist();
    }

    @Test
    void aFileOfANativeLibraryIsEmptyUntilItIsSynced() throws IOException {
        Files.writeString(folder.resolve("file"), "content");
        Files.createLink(mounted.resolve("link"), mounted.resolve("file"));
        sync(mounted);
        losePower();
        assertThat(folder.resolve("link")).isEmptyFile();
    }

    @Test
    void everyCallCanFailAndIsNamed() throws IOException {
        Faults faults = Faults.none();
        Path counted = disk.mount(faults);
        write(counted.resolve("file"), "content");
        sync(counted.resolve("file"));
        assertThat(faults.made())
                .containsExactly("disk: open file", "disk: write file", "disk: open to read file", "disk: sync file");

        Path failing = disk.mount(Faults.at(Faults.Kind.ERROR, "disk: sync file", 1));
        assertThatThrownBy(() -> sync(failing.resolve("file")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("disk: sync file");
        sync(failing.resolve("file"));
    }

    @Test
    void aKilledProcessDoesNothingMoreAndLeavesItsLocks() throws IOException {
        Path dying = disk.mount(Faults.at(Faults.Kind.CRASH_BEFORE, "disk: delete old", 1));
        FileChannel lock = FileChannel.open(dying.resolve("old"), StandardOpenOption.WRITE);
        assertThat(lock.tryLock()).isNotNull();
        assertThatThrownBy(() -> Files.delete(dying.resolve("old"))).isInstanceOf(ProcessDiedError.class);
        assertThatThrownBy(() -> Files.createDirectory(dying.resolve("x"))).isInstanceOf(ProcessDiedError.class);
        assertThat(folder.resolve("old")).hasContent("as it was");

        disk.unmount();
        try (FileChannel again = FileChannel.open(folder.resolve("old"), StandardOpenOption.WRITE)) {
            assertThat(again.tryLock()).isNotNull();
        }
    }

    private void losePower() throws IOException {
        disk.unmount();
        disk.losePower();
    }

    private static void write(Path file, String content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
