package io.slipway.batch.shuffle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.type.BinaryOut;
import io.slipway.model.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTest {

    private static final int PARTITIONS = 3;

    @TempDir
    Path folder;

    private LocalScratch scratch;
    private ShuffleSettings settings;

    /** A record with its place in the input as its value. */
    private record Entry(int partition, String key, int place) {}

    @BeforeEach
    void open() {
        scratch = LocalScratch.temporary(folder);
        settings = new ShuffleSettings(
                scratch, 1024, new MemoryPool(1024), new RecordSizes(1 << 30, 1), new ShuffleMetrics());
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recordsComeOutByKeyAndThenInTheOrderTheyWentIn(long seed) throws IOException {
        List<Function<Random, byte[]>> shapes = List.of(
                random -> bytes(random, random.nextInt(4), 3),
                random -> bytes(random, random.nextInt(40), 256),
                random -> ("https://example.org/" + random.nextInt(500)).getBytes(StandardCharsets.UTF_8),
                random -> new byte[random.nextInt(40)],
                random -> new byte[0]);
        for (Function<Random, byte[]> shape : shapes) {
            for (long memory : new long[] {1, 40_000, 4_000_000}) {
                checkOrder(new Random(seed), shape, memory);
            }
        }
    }

    @Test
    void nothingComesOutOfNothing() throws IOException {
        assertThat(shuffle(List.of(), 10_000)).isEmpty();
    }

    @Test
    void aRecordLargerThanTheMemoryPasses() throws IOException {
        byte[] large = new byte[16 << 20];
        new Random(7).nextBytes(large);
        try (ShuffleWriter writer = new ShuffleWriter(settings, 10_000, 1, Optional.empty())) {
            add(writer, 0, "a", large);
            add(writer, 0, "b", large);
            add(writer, 0, "a", new byte[1]);
            List<Run> runs = writer.finish();

            try (RecordCursor cursor = ShuffleReader.open(settings, 10_000, runs, 0, Optional.empty())) {
                assertThat(cursor.next()).isTrue();
                assertThat(value(cursor)).isEqualTo(large);
                assertThat(cursor.next()).isTrue();
                assertThat(value(cursor)).hasSize(1);
                assertThat(cursor.next()).isTrue();
                assertThat(value(cursor)).isEqualTo(large);
                assertThat(cursor.next()).isFalse();
            }
        }
    }

    @Test
    void buffersMakeRoomForALargeRecordThatSomebodyElseHolds() throws IOException {
        try (ShuffleWriter writer = new ShuffleWriter(settings, 1 << 20, 1, Optional.empty())) {
            for (int i = 0; i < 1000; i++) {
                add(writer, 0, "key " + i, new byte[500]);
            }
            writer.makeRoom();
            assertThat(settings.metrics().runs()).isZero();
            assertThat(settings.sizes().meet(1 << 17)).isTrue();
            writer.makeRoom();
            assertThat(settings.metrics().runs()).isEqualTo(1);
            assertThat(writer.finish()).hasSize(1);
        }
    }

    @Test
    void runsWithLargeRecordsAreMergedFewAtATime() throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (ShuffleWriter writer = new ShuffleWriter(settings, 1 << 20, 1, Optional.empty())) {
                add(writer, 0, "key " + i, new byte[i == 7 ? 1 << 20 : 100]);
                runs.addAll(writer.finish());
            }
        }
        long before = settings.metrics().runs();
        try (RecordCursor cursor = ShuffleReader.open(settings, 100_000, runs, 0, Optional.empty())) {
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            assertThat(count).isEqualTo(20);
        }
        assertThat(settings.metrics().runs()).isGreaterThan(before);
    }

    @Test
    void aCombinerMakesOneValueOfThoseWithOneKey() throws IOException {
        try (ShuffleWriter writer = new ShuffleWriter(settings, 20_000, 1, Optional.of(new Sum()))) {
            for (int i = 0; i < 10_000; i++) {
                add(writer, 0, "key " + i % 10, ByteBuffer.allocate(4).putInt(1).array());
            }
            List<Run> runs = writer.finish();
            assertThat(runs)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(run -> assertThat(run.records(0)).isEqualTo(10));

            int sum = 0;
            try (RecordCursor cursor = ShuffleReader.open(settings, 1, runs, 0, Optional.of(new Sum()))) {
                while (cursor.next()) {
                    sum += ByteBuffer.wrap(value(cursor)).getInt();
                }
            }
            assertThat(sum).isEqualTo(10_000);
        }
    }

    @Test
    void anyChangedByteOfARunIsDetected() throws IOException {
        List<Entry> entries = entries(new Random(3), random -> bytes(random, 8, 256), 60);
        try (ShuffleWriter writer = new ShuffleWriter(settings, 1 << 20, PARTITIONS, Optional.empty())) {
            addAll(writer, entries);
            Run run = writer.finish().get(0);
            byte[] content = Files.readAllBytes(run.file());
            for (int at = 0; at < run.end(PARTITIONS - 1); at++) {
                byte[] damaged = content.clone();
                damaged[at] ^= (byte) (1 << (at % 8));
                Files.write(run.file(), damaged);
                assertThatThrownBy(() -> read(List.of(run), 1 << 20))
                        .as("byte %d", at)
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining(run.file().toString());
            }
            Files.write(run.file(), Arrays.copyOf(content, 100));
            assertThatThrownBy(() -> read(List.of(run), 1 << 20)).isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void whatIsNotFinishedLeavesNoFiles() throws IOException {
        try (ShuffleWriter writer = new ShuffleWriter(settings, 1, PARTITIONS, Optional.empty())) {
            addAll(writer, entries(new Random(4), random -> bytes(random, 8, 256), 1000));
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void checkOrder(Random random, Function<Random, byte[]> shape, long memory) throws IOException {
        List<Entry> entries = entries(random, shape, 3000);
        List<Entry> expected = new ArrayList<>(entries);
        expected.sort((a, b) -> a.partition != b.partition
                ? Integer.compare(a.partition, b.partition)
                : Arrays.compareUnsigned(latin(a.key), latin(b.key)));
        assertThat(shuffle(entries, memory)).isEqualTo(expected);
    }

    private List<Entry> shuffle(List<Entry> entries, long memory) throws IOException {
        try (ShuffleWriter writer = new ShuffleWriter(settings, memory, PARTITIONS, Optional.empty())) {
            addAll(writer, entries);
            return read(writer.finish(), memory);
        }
    }

    private List<Entry> read(List<Run> runs, long memory) throws IOException {
        List<Entry> read = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            try (RecordCursor cursor = ShuffleReader.open(settings, memory, runs, partition, Optional.empty())) {
                while (cursor.next()) {
                    String key = new String(
                            cursor.keyArray(), cursor.keyOffset(), cursor.keyLength(), StandardCharsets.ISO_8859_1);
                    read.add(new Entry(
                            partition, key, ByteBuffer.wrap(value(cursor)).getInt()));
                }
            }
        }
        return read;
    }

    private static List<Entry> entries(Random random, Function<Random, byte[]> shape, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = new String(shape.apply(random), StandardCharsets.ISO_8859_1);
            entries.add(new Entry(random.nextInt(PARTITIONS), key, i));
        }
        return entries;
    }

    private static void addAll(ShuffleWriter writer, List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            add(
                    writer,
                    entry.partition,
                    entry.key,
                    ByteBuffer.allocate(4).putInt(entry.place).array());
        }
    }

    private static void add(ShuffleWriter writer, int partition, String key, byte[] value) throws IOException {
        byte[] bytes = latin(key);
        writer.add(partition, bytes, 0, bytes.length, value, 0, value.length);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] value(RecordCursor cursor) {
        return Arrays.copyOfRange(
                cursor.valueArray(), cursor.valueOffset(), cursor.valueOffset() + cursor.valueLength());
    }

    private static byte[] bytes(Random random, int length, int bound) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(bound);
        }
        return bytes;
    }

    /** Adds up numbers. */
    private static final class Sum implements Combiner {

        private int sum;

        @Override
        public void start(byte[] value, int offset, int length) {
            sum = ByteBuffer.wrap(value, offset, length).getInt();
        }

        @Override
        public void add(byte[] value, int offset, int length) {
            sum += ByteBuffer.wrap(value, offset, length).getInt();
        }

        @Override
        public void finish(BinaryOut out) {
            out.writeBig(sum, 4);
        }
    }
}
