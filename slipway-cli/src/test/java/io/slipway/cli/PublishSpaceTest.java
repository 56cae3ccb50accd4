package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.table.Table;
import io.slipway.batch.table.TableFormat;
import io.slipway.batch.table.TableSpec;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.cli.PublishSpace.Disk;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.UnavailableException;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publish that would fill a disk is refused before it reads its input, and one that would not never is. */
class PublishSpaceTest {

    private static final long GIB = 1L << 30;
    private static final InputSize TEXT = new InputSize(10 * GIB, 0);
    private static final InputSize COMPRESSED = new InputSize(10 * GIB, 10 * GIB);

    @TempDir
    private Path folder;

    private PublishFixture fixture;
    private Path scratch;

    @BeforeEach
    void createFixture() {
        fixture = new PublishFixture(folder);
        scratch = folder.resolve("scratch");
    }

    @Test
    void theRepositoryHasToHaveRoomForTheRecords() {
        assertRefused(TEXT, 5 * GIB - 1, 100 * GIB, "5,368,709,120 bytes in the repository", "5,368,709,119 are free");
        assertAccepted(TEXT, 5 * GIB, 100 * GIB);
        assertRefused(COMPRESSED, 10 * GIB - 1, 100 * GIB, "10,737,418,240 bytes in the repository");
        assertAccepted(COMPRESSED, 10 * GIB, 100 * GIB);
    }

    @Test
    void theScratchFolderHasToHaveRoomForWhatDoesNotFitInMemory() {
        assertRefused(
                TEXT, 100 * GIB, 5 * GIB - 1, "5,368,709,120 bytes in the scratch folder " + scratch, "--scratch");
        assertAccepted(TEXT, 100 * GIB, 5 * GIB);
        assertThatCode(() -> require(TEXT, 5 * GIB, 100 * GIB, 0)).doesNotThrowAnyException();
    }

    @Test
    void ifBothAreOnOneDiskItHasToHaveRoomForBoth() {
        PublishSpace space = PublishSpace.of(path -> Optional.of(new Disk("one", 10 * GIB - 1)));
        assertThatThrownBy(() -> require(space, TEXT, 0))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll("10,737,418,240 bytes", "the repository and the scratch folder", "one disk");
        assertThatCode(() -> require(PublishSpace.of(path -> Optional.of(new Disk("one", 10 * GIB))), TEXT, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void aSmallInputIsNeverRefusedNorOneWhereTheRoomIsNotKnown() {
        PublishSpace full = PublishSpace.of(path -> Optional.of(new Disk("one", 0)));
        long small = (64 << 20) - 1;
        assertThatCode(() -> require(full, new InputSize(small, small), 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> require(full, new InputSize(small + 1, 0), 0))
                .isInstanceOf(UnavailableException.class);
        assertThatCode(() -> require(PublishSpace.of(path -> Optional.empty()), TEXT, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void theMessageSaysWhatRetiringAndCollectingWouldFree() {
        Path file = fixture.file("a.csv", "id,n", "a,1", "b,2");
        fixture.publish(file, "--key", "id");
        fixture.publish(file, "--key", "id");
        fixture.record(1, "", VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT, VersionState.RETAINED);
        fixture.record(2, "", VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT);
        long bytes = fixture.publish(file, "--key", "id", "--json")
                .json()
                .get("bytes")
                .asLong();
        assertRefused(
                TEXT,
                0,
                100 * GIB,
                "slipway retire",
                String.format("would free %,d bytes", bytes),
                "a running controller deletes 0",
                "--skip-space-check");
    }

    @Test
    void compressedInputIsToldByItsName() throws IOException {
        Path plain = fixture.file("a.csv", "id,n", "a,1");
        Path packed = folder.resolve("b.csv.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(plain));
        }
        InputSize size =
                InputSize.of(Table.of(List.of(plain, packed), TableFormat.CSV, TableSpec.withKey(List.of("id"))));
        assertThat(size).isEqualTo(new InputSize(Files.size(plain) + Files.size(packed), Files.size(packed)));
    }

    /** A file that has a size and no blocks: it would take hours to read. */
    @Test
    void theCommandRefusesBeforeItReadsTheInput() throws IOException {
        Path huge = fixture.file("huge.csv", "id,n", "a,1");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(15L << 40);
        }
        Outcome outcome = fixture.publish(huge, "--key", "id");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("Publishing needs about", "are free there", "--skip-space-check");
        assertThat(fixture.repository().resolve("datasets")).doesNotExist();
    }

    private void assertRefused(InputSize input, long repositoryFree, long scratchFree, String... words) {
        assertThatThrownBy(() -> require(input, GIB, repositoryFree, scratchFree))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(words);
    }

    private void assertAccepted(InputSize input, long repositoryFree, long scratchFree) {
        assertThatCode(() -> require(input, GIB, repositoryFree, scratchFree)).doesNotThrowAnyException();
    }

    private void require(InputSize input, long memory, long repositoryFree, long scratchFree) {
        require(
                PublishSpace.of(path -> Optional.of(
                        path.startsWith(scratch) ? new Disk("s", scratchFree) : new Disk("r", repositoryFree))),
                input,
                memory);
    }

    private void require(PublishSpace space, InputSize input, long memory) {
        try (OpenRepository opened = OpenRepository.of(fixture.repository())) {
            space.require(input, memory, scratch, opened);
        }
    }
}
