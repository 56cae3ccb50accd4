package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SstCheckTest {

    private static final int RECORDS = 2000;

    /** Handles of two blocks, padding, format version and magic number: RocksDB's footer, which has no checksum. */
    private static final int FOOTER_BYTES = 53;

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private SstRouteUnderTest route;
    private SampleBundle bundle;
    private FileEntry entry;
    private byte[] content;

    @BeforeEach
    void publish() throws IOException {
        route = new SstRouteUnderTest(new LocalFolderStorage(folder.resolve("repository")));
        bundle = SampleBundle.publish(route, "run-1", 1, RECORDS);
        entry = bundle.entry(0);
        content = Files.readAllBytes(bundle.file(0));
    }

    @AfterEach
    void close() {
        route.close();
    }

    @Test
    void aFileAsTheManifestSaysPasses() {
        assertThat(content.length).as("several blocks").isGreaterThan(8 * 4096);
        assertThatCode(() -> SstCheck.check(bundle.file(0), entry)).doesNotThrowAnyException();
    }

    @Test
    void aFlippedBitAnywhereIsFound() throws IOException {
        flipBits(300, 1);
    }

    @Test
    @Tag("long")
    void aFlippedBitAnywhereIsFoundInManyPlaces() throws IOException {
        flipBits(20_000, 2);
    }

    @Test
    void aFlippedBitInTheFooterIsFoundOrHarmless() throws IOException {
        List<Row> rows = rows(bundle.file(0));
        int harmless = 0;
        for (int bit = 8 * (content.length - FOOTER_BYTES); bit < 8 * content.length; bit++) {
            Path damaged = write(flipped(bit));
            try {
                SstCheck.check(damaged, entry);
                assertThat(rows(damaged)).as("records with bit %d flipped", bit).isEqualTo(rows);
                harmless++;
            } catch (CorruptDataException e) {
                assertNamed(e);
            }
        }
        assertThat(harmless).as("bits of the padding").isLessThan(8 * FOOTER_BYTES);
    }

    private void flipBits(int count, long seed) throws IOException {
        Random random = new Random(seed);
        TreeSet<Integer> bits = new TreeSet<>();
        while (bits.size() < count) {
            bits.add(random.nextInt(8 * (content.length - FOOTER_BYTES)));
        }
        for (int bit : bits) {
            Path damaged = write(flipped(bit));
            assertThatThrownBy(() -> SstCheck.check(damaged, entry))
                    .as("bit %d of byte %d of %d, seed %d", bit % 8, bit / 8, content.length, seed)
                    .isInstanceOfSatisfying(CorruptDataException.class, this::assertNamed);
        }
    }

    @Test
    void aTruncatedFileIsFoundAtEveryLength() throws IOException {
        List<Integer> lengths = new ArrayList<>(List.of(0, 1, 52, 53, 54, 4096, content.length / 2));
        for (int cut = 1; cut <= 64; cut++) {
            lengths.add(content.length - cut);
        }
        for (int length : lengths) {
            Path damaged = write(Arrays.copyOf(content, length));
            assertThatThrownBy(() -> SstCheck.check(damaged, entry))
                    .as("%d of %d bytes", length, content.length)
                    .isInstanceOfSatisfying(CorruptDataException.class, this::assertNamed);
        }
    }

    @Test
    void bytesTooManyAreFound() throws IOException {
        for (int more : List.of(1, 53, 4096)) {
            assertThatThrownBy(() -> SstCheck.check(write(Arrays.copyOf(content, content.length + more)), entry))
                    .isInstanceOfSatisfying(CorruptDataException.class, this::assertNamed);
        }
        byte[] inFront = new byte[content.length + 4096];
        System.arraycopy(content, 0, inFront, 4096, content.length);
        assertThatThrownBy(() -> SstCheck.check(write(inFront), entry))
                .isInstanceOfSatisfying(CorruptDataException.class, this::assertNamed);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> SstCheck.check(folder.resolve("none"), entry))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(entry.name(), "expected " + entry.bytes() + " bytes", "found no file");
    }

    @Test
    void aFileOfAnotherVersionIsFound() {
        SampleBundle other = SampleBundle.publish(route, "run-2", 1, RECORDS - 1);
        assertThatThrownBy(() -> SstCheck.check(other.file(0), entry))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(entry.name(), "expected", "found");
    }

    @Test
    void whatTheManifestSaysWronglyIsNamed() {
        assertWrong(with(entry.records() + 1, entry.leastKey(), entry.greatestKey()), "record count", "2001", "2000");
        assertWrong(with(entry.records(), "00", entry.greatestKey()), "least key", "00", entry.leastKey());
        assertWrong(with(entry.records(), entry.leastKey(), "ff"), "greatest key", "ff", entry.greatestKey());
    }

    private void assertWrong(FileEntry wrong, String place, String expected, String found) {
        assertThatThrownBy(() -> SstCheck.check(bundle.file(0), wrong))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(
                        entry.name() + " is damaged (" + place + "): expected " + expected + ", found " + found + ".");
    }

    private FileEntry with(long records, String leastKey, String greatestKey) {
        return new FileEntry(entry.name(), 0, entry.bytes(), records, entry.sha256(), leastKey, greatestKey);
    }

    private void assertNamed(CorruptDataException e) {
        assertThat(e.file()).isEqualTo(entry.name());
        assertThat(e).hasMessageStartingWith(entry.name() + " is damaged (");
    }

    private byte[] flipped(int bit) {
        byte[] damaged = content.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        assertThat(Sha256.hex(damaged)).isNotEqualTo(entry.sha256());
        return damaged;
    }

    private Path write(byte[] damaged) throws IOException {
        return Files.write(folder.resolve("damaged.sst"), damaged);
    }

    private static List<Row> rows(Path file) {
        List<Row> rows = new ArrayList<>();
        SstRecords.forEach(file, (key, value) -> rows.add(Row.of(key, value)));
        return rows;
    }
}
