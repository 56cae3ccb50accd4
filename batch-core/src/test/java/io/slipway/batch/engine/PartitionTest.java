package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.Source;
import io.slipway.batch.StageSummary;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.batch.format.Csv;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link KeyedFlow#partitionBy}. */
class PartitionTest {

    @TempDir
    Path folder;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void recordsOfOneKeyComeTogetherInTheOrderOfTheInput(Input input) throws IOException {
        Map<String, Path> partitions = new HashMap<>();
        List<Item> all = new ArrayList<>();

        for (Path file : partitions(input.items(), keyed -> keyed.partitionBy(5))) {
            List<Item> items = read(Csv.files(List.of(file)).as(Item.class));
            all.addAll(items);
            assertThat(items)
                    .isSortedAccordingTo(Comparator.comparing(Item::key, PartitionTest::byBytes)
                            .thenComparing(Item::place));
            items.forEach(
                    item -> assertThat(partitions.putIfAbsent(item.key(), file)).isIn(null, file));
        }

        assertThat(all).hasSameSizeAs(input.items()).containsAll(input.items());
        assertThat(partitions.values().stream().distinct().count()).isLessThanOrEqualTo(5);
    }

    @Test
    void thereMayBeTenThousandPartitions() {
        int partitions = 10_000;
        List<Integer> numbers = IntStream.range(0, 3 * partitions).boxed().toList();
        Job job = Job.named("many partitions");
        KeyedFlow<Integer, Integer> keyed =
                job.read(Records.of(numbers, Type.of(Integer.class))).keyBy(number -> number, Type.of(Integer.class));
        Collected<KeyValue<Integer, Integer>> found =
                keyed.partitionBy(partitions, key -> key % partitions).collect();

        JobResult result = EmbeddedEngine.builder().scratch(folder).build().run(job);

        assertThat(result.of(found)).hasSize(3 * partitions);
        StageSummary last = result.stages().get(1);
        assertThat(last.tasks()).isEqualTo(partitions);
        assertThat(last.skew()).isEqualTo(1);
        assertThatThrownBy(() -> keyed.partitionBy(partitions + 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Give 1 to 10000");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aFunctionSaysWhichPartitionAKeyIsIn(Input input) throws IOException {
        List<Path> files = partitions(input.items(), keyed -> keyed.partitionBy(7, key -> key.length() % 7));

        for (Path file : files) {
            int partition = Integer.parseInt(file.getFileName().toString().substring(5, 10));
            assertThat(read(Csv.files(List.of(file)).as(Item.class)))
                    .allMatch(item -> item.key().length() % 7 == partition);
        }
        assertThat(files.stream()
                        .mapToInt(file ->
                                read(Csv.files(List.of(file)).as(Item.class)).size())
                        .sum())
                .isEqualTo(input.items().size());
    }

    @Test
    void aPartitionThatDoesNotExistIsRefused() {
        Job job = Job.named("wrong");
        OperatorInputs.read(job, List.of(new Item("key", 1, "text")))
                .keyBy(Item::key)
                .partitionBy(3, key -> 3)
                .collect();

        assertThatThrownBy(() -> OperatorInputs.engine(folder).run(job))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("key into partition 3, and there are 3");
        assertThatThrownBy(() -> OperatorInputs.read(Job.named("none"), List.of())
                        .keyBy(Item::key)
                        .partitionBy(0))
                .isInstanceOf(InvalidInputException.class);
    }

    /** What brings records together. */
    private interface Partitioned {
        KeyedFlow<String, Item> of(KeyedFlow<String, Item> keyed);
    }

    private List<Path> partitions(List<Item> items, Partitioned partitioned) throws IOException {
        Job job = Job.named("partitions");
        KeyedFlow<String, Item> found =
                partitioned.of(OperatorInputs.read(job, items).keyBy(Item::key));
        Collected<KeyValue<String, Item>> pairs = found.collect();
        found.map((key, item) -> item).write(Csv.to(folder.resolve("out")));

        assertThat(OperatorInputs.engine(folder.resolve("scratch")).run(job).of(pairs))
                .allMatch(pair -> pair.key().equals(pair.value().key()));
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.sorted().toList();
        }
    }

    private <T> List<T> read(Source<T> source) {
        Job job = Job.named("read");
        Collected<T> found = job.read(source).collect();
        return OperatorInputs.engine(folder.resolve("scratch")).run(job).of(found);
    }

    private static int byBytes(String one, String other) {
        return java.util.Arrays.compareUnsigned(
                one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
