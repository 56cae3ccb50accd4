package io.slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.UnavailableException;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderStorageTest extends RepositoryStorageContract {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final List<RepositoryStorage> opened = new ArrayList<>();

    @Override
    protected RepositoryStorage open() {
        RepositoryStorage storage = new LocalFolderStorage(folder.resolve("not/yet/there"));
        opened.add(storage);
        return storage;
    }

    @AfterEach
    void close() throws IOException {
        opened.forEach(RepositoryStorage::close);
        Path temporary = folder.resolve("not/yet/there/.tmp");
        if (Files.exists(temporary)) {
            assertThat(temporary)
                    .as("what is left when all processes have ended")
                    .isEmptyDirectory();
        }
    }

    @Test
    void readingCreatesNothing() {
        RepositoryStorage storage = open();
        assertThat(storage.files("a")).isEmpty();
        assertThatThrownBy(() -> storage.read("a/b")).hasMessageContaining("a/b does not exist");
        storage.delete("a/b");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamedWithAWayOut() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(locked), "this user may write everywhere");
        try (RepositoryStorage storage = new LocalFolderStorage(locked)) {
            assertThatThrownBy(() -> storage.createIfAbsent("a/b", CONTENT))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(locked.toString())
                    .hasMessageContaining("permission denied. Let this user write there");
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aFileInPlaceOfTheRepositoryIsSaidToBeOne() throws IOException {
        Path file = Files.write(folder.resolve("a-file"), CONTENT);
        try (RepositoryStorage storage = new LocalFolderStorage(file);
                RepositoryStorage below = new LocalFolderStorage(file.resolve("below"))) {
            for (RepositoryStorage wrong : List.of(storage, below)) {
                assertThatThrownBy(() -> wrong.createIfAbsent("a/b", CONTENT))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining(file + " is a file, not a folder. Name another repository.");
                assertThatThrownBy(() -> wrong.files("a")).isInstanceOf(UnavailableException.class);
            }
        }
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void whatAProcessLeavesBetweenWriteAndLinkIsInvisibleAndGoesWithTheNextWriter() throws IOException {
        Path root = folder.resolve("not/yet/there");
        Path dead = Files.createDirectories(root.resolve(".tmp/4711-dead"));
        Files.createFile(root.resolve(".tmp/4711-dead.lock"));
        Files.write(dead.resolve("t1"), CONTENT);
        Files.createDirectories(root.resolve("datasets/d/v1"));

        RepositoryStorage storage = open();
        assertThat(storage.files("")).isEmpty();
        assertThat(storage.folders("")).containsExactly("datasets");
        assertThat(storage.files("datasets/d/v1")).isEmpty();
        assertThat(dead).as("readers remove nothing").exists();

        assertThat(storage.createIfAbsent("datasets/d/v1/claim.json", CONTENT)).isTrue();
        assertThat(dead).doesNotExist();
        assertThat(root.resolve(".tmp/4711-dead.lock")).doesNotExist();
    }

    @Test
    void aSourceOnTheSameFileSystemIsLinkedNotCopied() throws IOException {
        RepositoryStorage storage = open();
        Path source = Files.write(storage.newTemporaryFile(), CONTENT);
        Object inode = Files.getAttribute(source, "unix:ino");
        assertThat(storage.createIfAbsent("a", source)).isTrue();
        Path stored = storage.localFile("a").orElseThrow();
        assertThat(Files.getAttribute(stored, "unix:ino")).isEqualTo(inode);
        assertThat(Files.getAttribute(stored, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void nothingIsLeftBehindByThoseWhoLose() throws IOException {
        RepositoryStorage storage = open();
        Race.run(8, i -> () -> open(i).createIfAbsent("x", CONTENT));
        storage.createIfAbsent("x", Files.write(storage.newTemporaryFile(), CONTENT));
        opened.forEach(RepositoryStorage::close);
        try (Stream<Path> left = Files.walk(folder.resolve("not/yet/there"))) {
            assertThat(left.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactly("x");
        }
    }

    private synchronized RepositoryStorage open(int racer) {
        assertThat(racer).isNotNegative();
        return open();
    }
}
