package io.slipway.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.VersionId;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.serving.TestNode;
import io.slipway.serving.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

class RecordSampleTest {

    private static final int RECORDS = 100_000;
    private static final long READ_THROUGH = Long.MAX_VALUE;
    private static final long READ_RUNS = 0;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(longs = {READ_THROUGH, READ_RUNS})
    void aSampleIsAsLargeAsAskedSpreadEvenlyAndAlwaysTheSame(long smallBytes) throws RocksDBException {
        try (StoreEngine engine = new StoreEngine(8 << 20);
                VersionDatabase database = open(engine, RECORDS)) {
            for (int most : new int[] {100, 1_000, 10_000, RECORDS - 1}) {
                List<Integer> sample = sample(database, most, smallBytes);

                assertThat(sample).doesNotHaveDuplicates().hasSizeBetween(most - most / 10, most);
                assertThat(sample(database, most, smallBytes)).isEqualTo(sample);
                int[] tenths = new int[10];
                sample.forEach(number -> tenths[number / (RECORDS / 10)]++);
                for (int tenth : tenths) {
                    assertThat(tenth)
                            .as("of %d: %s", most, Arrays.toString(tenths))
                            .isBetween(most / 20, most / 5);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {READ_THROUGH, READ_RUNS})
    void ofFewRecordsAllAreVisited(long smallBytes) throws RocksDBException {
        try (StoreEngine engine = new StoreEngine(8 << 20);
                VersionDatabase database = open(engine, 5)) {
            for (int most : new int[] {5, 6, 1000}) {
                assertThat(sample(database, most, smallBytes)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            }
            assertThat(sample(database, 2, smallBytes)).hasSizeBetween(1, 2);
        }
    }

    @Test
    void aMiddleKeyLiesBetweenItsEndsAndHalvingEnds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] one = randomKey(random);
            byte[] other = randomKey(random);
            int order = Arrays.compareUnsigned(one, other);
            if (order != 0) {
                byte[] low = order < 0 ? one : other;
                byte[] high = order < 0 ? other : one;
                byte[] middle = KeyPlaces.middle(low, high);
                assertThat(middle == low || Arrays.compareUnsigned(low, middle) < 0)
                        .as("%s < %s, seed %d", hex(low), hex(middle), seed)
                        .isTrue();
                assertThat(Arrays.compareUnsigned(middle, high))
                        .as("%s < %s, seed %d", hex(middle), hex(high), seed)
                        .isNegative();
            }
        }
        assertThat(KeyPlaces.middle(new byte[] {1}, new byte[] {1, 0})).containsExactly(1);
        assertThat(KeyPlaces.middle(new byte[] {1}, new byte[] {3})).startsWith(2);
    }

    private static byte[] randomKey(Random random) {
        byte[] key = new byte[random.nextInt(12)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(3) - 1);
        }
        return key;
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    /** The numbers of the records that are visited. */
    private static List<Integer> sample(VersionDatabase database, int most, long smallBytes) throws RocksDBException {
        List<Integer> sample = new ArrayList<>();
        database.sample(most, smallBytes, (key, value) -> {
            int number = Integer.parseInt(new String(key, key.length - 8, 8, StandardCharsets.US_ASCII));
            assertThat(value)
                    .as("its own value")
                    .endsWith(String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
            sample.add(number);
        });
        return sample;
    }

    /** A version whose keys have a long common beginning, but for the first. */
    private VersionDatabase open(StoreEngine engine, int records) {
        TestRepository repository = new TestRepository(temporary.resolve("repository"));
        Map<String, String> content = new TreeMap<>();
        for (int i = 0; i < records; i++) {
            String prefix = i == 0 ? "a" : "https://www.example.com/a/long/way/to/";
            content.put(prefix + String.format("%08d", i), "value " + i);
        }
        VersionId version = repository.publish(
                "samples", TestRepository.STRING, TestRepository.STRING, content, 3, UnaryOperator.identity());
        repository.stage(version);
        Path data = temporary.resolve("data");
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitPhase(version, Phase.STAGED);
        }
        return VersionDatabase.open(
                engine,
                data.resolve("datasets/samples/v1/db-1"),
                VersionContent.of(repository.repository().committed(version).manifest()));
    }
}
