package io.slipway.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link KeyRange}, with the writer and the reader of a total sort. */
class KeyRangeTest {

    private static final int RANGES = 4;
    private static final int MOST_SAMPLES = 64;

    @TempDir
    Path folder;

    @Test
    void rangesFollowEachOtherAndAreAboutEven() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Integer> numbers =
                random.ints(20_000, 0, 1 << 15).map(i -> i * i).boxed().toList();
        List<List<Integer>> found = sortedInRanges(numbers);

        assertThat(found).as("seed %s", seed).hasSize(RANGES);
        assertThat(found)
                .as("seed %s", seed)
                .allSatisfy(range ->
                        assertThat(range).hasSizeBetween(numbers.size() / RANGES / 2, numbers.size() / RANGES * 3 / 2));
        assertThat(found.stream().flatMap(List::stream).toList())
                .as("seed %s", seed)
                .isEqualTo(numbers.stream().sorted().toList());
    }

    @Test
    void equalKeysAreInOneRange() throws IOException {
        List<Integer> numbers = new ArrayList<>(Collections.nCopies(5000, 7));
        assertThat(sortedInRanges(numbers)).containsExactly(numbers);
        numbers.addAll(List.of(1, 9));
        assertThat(sortedInRanges(numbers))
                .anySatisfy(range -> assertThat(Collections.frequency(range, 7)).isEqualTo(5000));
    }

    @Test
    void nothingIsOneEmptyRange() throws IOException {
        assertThat(sortedInRanges(List.of())).containsExactly(List.of());
    }

    private List<List<Integer>> sortedInRanges(List<Integer> numbers) throws IOException {
        try (LocalScratch scratch = LocalScratch.temporary(folder)) {
            ShuffleSettings settings = new ShuffleSettings(
                    scratch, 1024, new MemoryPool(1024), new RecordSizes(1 << 30, 1), new ShuffleMetrics());
            List<Run> runs = write(settings, numbers);
            List<List<Integer>> found = new ArrayList<>();
            for (KeyRange range : KeyRange.cut(runs, RANGES)) {
                found.add(read(settings, runs, range));
            }
            return found;
        }
    }

    private static List<Run> write(ShuffleSettings settings, List<Integer> numbers) throws IOException {
        try (ShuffleWriter writer = ShuffleWriter.sliced(settings, 64 << 10, MOST_SAMPLES)) {
            for (int number : numbers) {
                byte[] key = ByteBuffer.allocate(4).putInt(number).array();
                writer.add(0, key, 0, 4, key, 0, 0);
            }
            return writer.finish();
        }
    }

    private static List<Integer> read(ShuffleSettings settings, List<Run> runs, KeyRange range) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (RecordCursor cursor = ShuffleReader.open(settings, 8 << 10, runs, range)) {
            while (cursor.next()) {
                byte[] key = Arrays.copyOfRange(cursor.keyArray(), cursor.keyOffset(), cursor.keyOffset() + 4);
                numbers.add(ByteBuffer.wrap(key).getInt());
            }
        }
        return numbers;
    }
}
