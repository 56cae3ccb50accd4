package io.slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.NotFoundException;
import io.slipway.model.UnavailableException;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.model.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RepositoryStorage} has to do. */
public abstract class RepositoryStorageContract {

    private static final int RACERS = 8;
    private static final int BIG_BYTES = 20 << 20;

    @TempDir
    Path scratch;

    /** The storage of this test, empty at its first call: each call gives it as another process has it. */
    protected abstract RepositoryStorage open();

    @Test
    void aCreatedFileIsReadListedAndOpenedByEverybodyAtOnce() throws IOException {
        Instant before = Instant.now();
        RepositoryStorage storage = open();
        RepositoryStorage other = open();
        assertThat(storage.createIfAbsent("a/b/file.json", bytes("content"))).isTrue();

        assertThat(other.read("a/b/file.json")).isEqualTo(bytes("content"));
        try (InputStream in = other.open("a/b/file.json")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("content"));
        }
        StoredFile listed = other.files("a/b").get(0);
        assertThat(other.files("a/b")).hasSize(1);
        assertThat(other.fileNames("a/b")).containsExactly("file.json");
        assertThat(other.fileNames("a/c")).isEmpty();
        assertThat(listed.name()).isEqualTo("file.json");
        assertThat(listed.bytes()).isEqualTo(7);
        assertThat(listed.created())
                .isBetween(before.minus(Duration.ofSeconds(2)), Instant.now().plusSeconds(2));
        other.localFile("a/b/file.json").ifPresent(file -> assertThat(file).hasContent("content"));
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws IOException {
        RepositoryStorage storage = open();
        assertThat(storage.createIfAbsent("x", bytes("first"))).isTrue();
        assertThat(storage.createIfAbsent("x", bytes("second"))).isFalse();
        assertThat(storage.createIfAbsent("x", source(storage, bytes("third")))).isFalse();
        assertThat(open().createIfAbsent("x", bytes("fourth"))).isFalse();
        assertThat(storage.read("x")).isEqualTo(bytes("first"));
    }

    @Test
    void anEmptyFileIsAFile() {
        RepositoryStorage storage = open();
        assertThat(storage.createIfAbsent("d/empty", new byte[0])).isTrue();
        assertThat(storage.read("d/empty")).isEmpty();
        assertThat(storage.files("d")).extracting(StoredFile::bytes).containsExactly(0L);
        assertThat(storage.createIfAbsent("d/empty", bytes("x"))).isFalse();
    }

    @Test
    void whatIsGivenAndWhatIsReadAreTheCallersOwn() {
        RepositoryStorage storage = open();
        byte[] content = bytes("content");
        storage.createIfAbsent("x", content);
        content[0] = 'X';
        storage.read("x")[1] = 'X';
        assertThat(storage.read("x")).isEqualTo(bytes("content"));
    }

    @Test
    void aBigFileIsStoredFromATemporaryFile() throws IOException {
        RepositoryStorage storage = open();
        byte[] content = new byte[BIG_BYTES];
        new Random(1).nextBytes(content);
        assertThat(storage.createIfAbsent("big", source(storage, content))).isTrue();
        assertThat(Arrays.equals(open().read("big"), content)).isTrue();
        assertThat(storage.files("")).extracting(StoredFile::bytes).containsExactly((long) BIG_BYTES);
    }

    @Test
    void temporaryFilesAreNeverListedAndAllDifferent() throws IOException {
        RepositoryStorage storage = open();
        Path first = source(storage, bytes("1"));
        Path second = source(storage, bytes("2"));
        assertThat(first).isNotEqualTo(second);
        assertThat(storage.files("")).isEmpty();
        assertThat(storage.folders("")).isEmpty();
    }

    @Test
    void aSourceMayBeAnywhere() throws IOException {
        RepositoryStorage storage = open();
        Path source = Files.write(scratch.resolve("source"), bytes("from a folder"));
        assertThat(storage.createIfAbsent("one", source)).isTrue();
        assertThat(storage.read("one")).isEqualTo(bytes("from a folder"));
    }

    @Test
    void aSourceMayBeOnAnotherFileSystem() throws IOException {
        Path memory = Path.of("/dev/shm");
        Assumptions.assumeTrue(Files.isWritable(memory), "there is no /dev/shm");
        Path source = Files.createTempFile(memory, "slipway-test-", ".tmp");
        try {
            Files.write(source, bytes("from afar"));
            RepositoryStorage storage = open();
            assertThat(storage.createIfAbsent("a/one", source)).isTrue();
            assertThat(storage.read("a/one")).isEqualTo(bytes("from afar"));
        } finally {
            Files.deleteIfExists(source);
        }
    }

    @Test
    void aMissingSourceCreatesNothing() {
        RepositoryStorage storage = open();
        assertThatThrownBy(() -> storage.createIfAbsent("x", scratch.resolve("none")))
                .isInstanceOf(UnavailableException.class);
        assertThat(storage.files("")).isEmpty();
        assertThat(storage.createIfAbsent("x", bytes("later"))).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        RepositoryStorage storage = open();
        storage.createIfAbsent("a/x", bytes("x"));
        for (String path : List.of("y", "a/y", "b/y", "a/x2")) {
            assertThatThrownBy(() -> storage.read(path))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining(path);
            assertThatThrownBy(() -> storage.open(path).close())
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining(path);
        }
    }

    @Test
    void aFolderThatIsNotThereIsEmpty() {
        RepositoryStorage storage = open();
        assertThat(storage.files("")).isEmpty();
        assertThat(storage.folders("")).isEmpty();
        assertThat(storage.files("none/at/all")).isEmpty();
        assertThat(storage.folders("none")).isEmpty();
    }

    @Test
    void filesAndFoldersAreListedApartAndInOrder() {
        RepositoryStorage storage = open();
        for (String path : List.of("d/b", "d/a", "d/c/x", "d/c/y", "d/e/f/z", "d/10", "d/9", "dd/q", "d-/q", "d.q")) {
            storage.createIfAbsent(path, bytes(path));
        }
        assertThat(storage.files("d")).extracting(StoredFile::name).containsExactly("10", "9", "a", "b");
        assertThat(storage.folders("d")).containsExactly("c", "e");
        assertThat(storage.folders("")).containsExactly("d", "d-", "dd");
        assertThat(storage.files("")).extracting(StoredFile::name).containsExactly("d.q");
        assertThat(storage.files("d/e")).isEmpty();
    }

    @Test
    void aDeletedFileIsGoneAndItsNameIsFree() {
        RepositoryStorage storage = open();
        storage.createIfAbsent("d/x", bytes("x"));
        storage.createIfAbsent("d/y", bytes("y"));
        storage.delete("d/x");
        assertThatThrownBy(() -> open().read("d/x")).isInstanceOf(NotFoundException.class);
        assertThat(open().files("d")).extracting(StoredFile::name).containsExactly("y");
        storage.delete("d/x");
        storage.delete("none/at/all");
        assertThat(storage.createIfAbsent("d/x", bytes("again"))).isTrue();
        assertThat(storage.read("d/x")).isEqualTo(bytes("again"));
    }

    @Test
    void namesThatStartWithADotAreTheStoragesOwn() {
        RepositoryStorage storage = open();
        for (String path : List.of(".x", "a/.x", "../x", "a/../x", "a/../../x", ".tmp/x")) {
            assertThatThrownBy(() -> storage.createIfAbsent(path, bytes("x")))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path);
            assertThatThrownBy(() -> storage.read(path)).as(path).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(storage.createIfAbsent("a/x.y..z", bytes("x"))).isTrue();
        assertThat(storage.files("a")).extracting(StoredFile::name).containsExactly("x.y..z");
    }

    @Test
    void aFileWhereAFolderShouldBeIsSaidToBeOne() {
        RepositoryStorage storage = open();
        storage.createIfAbsent("a/b", bytes("a file"));
        assertThatThrownBy(() -> open().createIfAbsent("a/b/c/d", bytes("x")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("a/b is a file, not a folder");
        assertThat(storage.read("a/b")).isEqualTo(bytes("a file"));
    }

    @Test
    void ofManyWhoCreateOneFileExactlyOneWins() throws IOException {
        race(30);
    }

    @Test
    @Tag("long")
    void ofManyWhoCreateOneFileExactlyOneWinsManyTimes() throws IOException {
        race(1000);
    }

    private void race(int rounds) throws IOException {
        RepositoryStorage shared = open();
        for (int round = 0; round < rounds; round++) {
            String path = "race/round-" + round + "/target";
            List<Path> sources = new ArrayList<>();
            List<RepositoryStorage> storages = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                storages.add(i % 2 == 0 ? shared : open());
                sources.add(source(storages.get(i), content(i)));
            }
            List<Boolean> won = Race.run(
                    RACERS,
                    i -> () -> i % 4 < 2
                            ? storages.get(i).createIfAbsent(path, content(i))
                            : storages.get(i).createIfAbsent(path, sources.get(i)));
            assertThat(won).as("round %d", round).containsOnlyOnce(true);
            assertThat(shared.read(path)).as("round %d", round).isEqualTo(content(won.indexOf(true)));
            storages.stream().filter(storage -> storage != shared).forEach(RepositoryStorage::close);
        }
    }

    @Test
    void nobodyEverSeesAPartOfAFile() {
        RepositoryStorage writer = open();
        RepositoryStorage reader = open();
        int files = 20;
        int size = 1 << 20;
        AtomicBoolean isDone = new AtomicBoolean();
        Callable<Integer> write = () -> {
            try {
                for (int i = 0; i < files; i++) {
                    writer.createIfAbsent("whole/" + i, filled(size, i));
                }
                return 0;
            } finally {
                isDone.set(true);
            }
        };
        Callable<Integer> read = () -> {
            int seen = 0;
            while (!isDone.get()) {
                for (StoredFile file : reader.files("whole")) {
                    assertThat(file.bytes()).isEqualTo(size);
                }
                try {
                    byte[] found = reader.read("whole/" + seen);
                    assertThat(Arrays.equals(found, filled(size, seen))).isTrue();
                    seen++;
                } catch (NotFoundException e) {
                    // Not yet.
                }
            }
            return seen;
        };
        Race.run(List.of(write, read));
        assertThat(reader.files("whole")).hasSize(files);
    }

    private static Path source(RepositoryStorage storage, byte[] content) throws IOException {
        return Files.write(storage.newTemporaryFile(), content);
    }

    /** Several blocks, so that a mixture would show. */
    private static byte[] content(int racer) {
        return filled(10_000 + racer, racer);
    }

    private static byte[] filled(int size, int value) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) value);
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** For hooks: a folder below the test's scratch folder. */
    protected final Path folder(String name) {
        try {
            return Files.createDirectories(scratch.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
