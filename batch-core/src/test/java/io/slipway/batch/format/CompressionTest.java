package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {

    private static final byte[] ONE = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MORE = "three\nfour".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void partsOneAfterTheOtherAreReadAsOneWholeWhateverTheName(Compression compression) throws IOException {
        byte[] bytes = join(Compressed.by(compression, ONE), Compressed.by(compression, MORE));
        Path file = Files.write(folder.resolve("in.txt"), bytes);
        for (long splitBytes : new long[] {1, 7, 1 << 20}) {
            Reading<String> reading = Reading.all(TextLines.files(List.of(file)), splitBytes);
            assertThat(reading.records).containsExactly("one", "two", "three", "four");
        }
        assertThat(Reading.all(TextLines.files(List.of(file))).bytes).isEqualTo(bytes.length);
        Path empty = Files.write(folder.resolve("empty"), Compressed.by(compression, new byte[0]));
        assertThat(Reading.all(TextLines.files(List.of(empty))).records).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aFileThatIsCutOffAnywhereIsRefused(Compression compression) throws IOException {
        byte[] first = Compressed.by(compression, ONE);
        byte[] bytes = join(first, Compressed.by(compression, MORE));
        int told = compression == Compression.BZIP2 ? Compression.HEAD_BYTES : 4;
        for (int length = told; length < bytes.length; length++) {
            if (length != first.length) {
                refused(Arrays.copyOf(bytes, length), compression);
            }
        }
        refused(join(bytes, ONE), compression);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aChangedBitIsNoticed(Compression compression) throws IOException {
        byte[] random = new byte[500];
        new Random(5).nextBytes(random);
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) ('a' + (random[i] & 7));
        }
        byte[] bytes = Compressed.by(compression, random);
        int end = bytes.length - 1; // Which is only partly used by bzip2.
        for (int at = bytes.length / 4; at < end; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            refused(changed, compression);
        }
    }

    @Test
    void textThatBeginsAsBzip2DoesIsText() throws IOException {
        Path file = Files.writeString(folder.resolve("in.txt"), "BZh9 is not compressed\nat all");
        assertThat(Reading.all(TextLines.files(List.of(file))).records).hasSize(2);
    }

    @Test
    void zstdFramesThatAreToBeSkippedAreSkipped() throws IOException {
        byte[] skipped = {0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2};
        Path file = Files.write(folder.resolve("in"), join(skipped, Compressed.by(Compression.ZSTD, ONE)));
        assertThat(Reading.all(TextLines.files(List.of(file))).records).containsExactly("one", "two");
    }

    private void refused(byte[] bytes, Compression compression) throws IOException {
        Path file = Files.write(folder.resolve("in.txt"), bytes);
        assertThatThrownBy(() -> Reading.all(TextLines.files(List.of(file))))
                .as("%d bytes", bytes.length)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in.txt is damaged: its " + compression.label() + " data");
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }
}
