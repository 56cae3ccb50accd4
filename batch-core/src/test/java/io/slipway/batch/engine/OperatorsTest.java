package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Aggregator;
import io.slipway.batch.Collected;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.SerializableComparator;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator against a simple model of it, with so little memory that everything spills. */
class OperatorsTest {

    record Sum(long count, long places, String last) {}

    record Pair(int left, Optional<Integer> right) {}

    private static final SerializableComparator<Item> BY_TEXT = SerializableComparator.comparing(Item::text);

    @TempDir
    Path scratch;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void mapFilterAndFlatMapTakeRecordsOneByOne(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("narrow");
        Collected<String> found = OperatorInputs.read(job, items)
                .filter(item -> item.place() % 3 != 0)
                .map(Item::text)
                .<String>flatMap((text, out) -> {
                    out.count("letters", text.length());
                    for (int i = 0; i < text.length(); i++) {
                        out.emit(text.substring(i, i + 1));
                    }
                })
                .collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        List<String> expected = items.stream()
                .filter(item -> item.place() % 3 != 0)
                .flatMap(item -> item.text().chars().mapToObj(c -> String.valueOf((char) c)))
                .toList();
        assertThat(result.of(found)).isEqualTo(expected);
        assertThat(result.counter("letters")).isEqualTo(expected.size());
        assertThat(result.recordsIn()).isEqualTo(items.size());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void reduceSeesTheValuesInTheOrderOfTheInput(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("reduce");
        Collected<KeyValue<String, String>> found = OperatorInputs.read(job, items)
                .keyBy(Item::key)
                .mapValues(item -> item.place() + ",")
                .reduce((left, right) -> left + right)
                .collect();

        Map<String, String> expected = new TreeMap<>();
        items.forEach(item -> expected.merge(item.key(), item.place() + ",", String::concat));
        assertThat(byKey(OperatorInputs.engine(scratch).run(job).of(found))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aggregateAddsMergesAndFinishesInTheOrderOfTheInput(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("aggregate");
        Collected<KeyValue<String, Sum>> found = OperatorInputs.read(job, items)
                .keyBy(Item::key)
                .aggregate(Aggregator.of(
                        () -> new Sum(0, 0, ""),
                        (sum, item) -> new Sum(sum.count() + 1, sum.places() + item.place(), item.text()),
                        (left, right) ->
                                new Sum(left.count() + right.count(), left.places() + right.places(), right.last()),
                        sum -> sum))
                .collect();

        Map<String, Sum> expected = new TreeMap<>();
        items.forEach(item -> expected.merge(
                item.key(),
                new Sum(1, item.place(), item.text()),
                (sum, one) -> new Sum(sum.count() + 1, sum.places() + one.places(), one.last())));
        assertThat(byKey(OperatorInputs.engine(scratch).run(job).of(found))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void countCountsTheValuesOfAKey(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("count");
        Collected<KeyValue<String, Long>> found =
                OperatorInputs.read(job, items).keyBy(Item::key).count().collect();
        Map<String, Long> expected = items.stream().collect(Collectors.groupingBy(Item::key, Collectors.counting()));
        assertThat(byKey(OperatorInputs.engine(scratch).run(job).of(found))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void groupBySeesEachGroupOnceInTheOrderOfTheInput(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("group");
        Collected<String> found = OperatorInputs.read(job, items)
                .keyBy(Item::key)
                .<String>groupBy((key, values, out) -> {
                    StringBuilder line = new StringBuilder(key);
                    values.forEachRemaining(item -> line.append(' ').append(item.place()));
                    out.emit(line.toString());
                })
                .collect();

        Map<String, String> expected = new TreeMap<>();
        items.forEach(item ->
                expected.merge(item.key(), item.key() + " " + item.place(), (all, one) -> all + " " + item.place()));
        assertThat(OperatorInputs.engine(scratch).run(job).of(found))
                .containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aGroupNeedNotBeReadToItsEnd(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("first of group");
        Collected<Integer> found = OperatorInputs.read(job, items)
                .keyBy(Item::key)
                .<Integer>groupBy((key, values, out) -> out.emit(values.next().place()))
                .collect();
        Map<String, Integer> expected = new TreeMap<>();
        items.forEach(item -> expected.putIfAbsent(item.key(), item.place()));
        assertThat(OperatorInputs.engine(scratch).run(job).of(found))
                .containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void joinsPairUpValuesOfOneKey(Input input) {
        List<Item> items = input.items();
        List<Item> others = OperatorInputs.items(77, 40, i -> i < 4 ? "one" : "k" + i * 3);
        Job job = Job.named("join");
        KeyedFlow<String, Integer> left =
                OperatorInputs.read(job, items).keyBy(Item::key).mapValues(Item::place);
        KeyedFlow<String, Integer> right =
                OperatorInputs.read(job, others).keyBy(Item::key).mapValues(Item::place);
        Collected<KeyValue<String, Pair>> inner =
                left.join(right, (a, b) -> new Pair(a, Optional.of(b))).collect();
        Collected<KeyValue<String, Pair>> outer =
                left.leftJoin(right, Pair::new).collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        List<KeyValue<String, Pair>> expectedInner = new ArrayList<>();
        List<KeyValue<String, Pair>> expectedOuter = new ArrayList<>();
        for (Item item : items) {
            List<Item> partners = others.stream()
                    .filter(other -> other.key().equals(item.key()))
                    .toList();
            for (Item partner : partners) {
                expectedInner.add(new KeyValue<>(item.key(), new Pair(item.place(), Optional.of(partner.place()))));
            }
            if (partners.isEmpty()) {
                expectedOuter.add(new KeyValue<>(item.key(), new Pair(item.place(), Optional.empty())));
            }
        }
        expectedOuter.addAll(expectedInner);
        assertThat(sorted(result.of(inner))).isEqualTo(sorted(expectedInner));
        assertThat(sorted(result.of(outer))).isEqualTo(sorted(expectedOuter));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void topKGivesTheGreatestFirst(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("top");
        Flow<Item> flow = OperatorInputs.read(job, items);
        Collected<Item> overall = flow.topK(7, BY_TEXT).collect();
        Collected<KeyValue<String, List<Item>>> byKey =
                flow.keyBy(Item::key).topK(3, BY_TEXT).collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        assertThat(result.of(overall)).isEqualTo(greatest(items, 7));
        Map<String, List<Item>> expected = new TreeMap<>();
        items.stream()
                .collect(Collectors.groupingBy(Item::key))
                .forEach((key, group) -> expected.put(key, greatest(group, 3)));
        assertThat(byKey(result.of(byKey))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void stagesFollowEachOther(Input input) {
        List<Item> items = input.items();
        Job job = Job.named("counts of counts");
        Collected<KeyValue<Long, Long>> found = OperatorInputs.read(job, items)
                .keyBy(Item::key)
                .count()
                .map((key, count) -> count)
                .keyBy(count -> count, Type.of(Long.class))
                .count()
                .collect();
        Map<Long, Long> expected =
                items.stream().collect(Collectors.groupingBy(Item::key, Collectors.counting())).values().stream()
                        .collect(Collectors.groupingBy(count -> count, Collectors.counting()));
        assertThat(byKey(OperatorInputs.engine(scratch).run(job).of(found))).isEqualTo(expected);
    }

    @Test
    void resultsDoNotDependOnParallelismOrMemory() {
        List<Item> items = OperatorInputs.items(10, 5000, i -> "k" + i % 200);
        List<Map<String, String>> results = new ArrayList<>();
        for (int parallelism : new int[] {1, 2, 5}) {
            for (long memory : new long[] {64 << 10, 64 << 20}) {
                Job job = Job.named("reduce");
                Collected<KeyValue<String, String>> found = OperatorInputs.read(job, items)
                        .keyBy(Item::key)
                        .mapValues(item -> item.place() + ",")
                        .reduce((left, right) -> left + right)
                        .collect();
                EmbeddedEngine engine = EmbeddedEngine.builder()
                        .memoryBytes(memory)
                        .parallelism(parallelism)
                        .scratch(scratch)
                        .build();
                results.add(byKey(engine.run(job).of(found)));
            }
        }
        assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(results.get(0)));
    }

    @Test
    void recordsWhoseTypeIsNotKnownAreRefusedWithAWayOut() {
        Job job = Job.named("untyped");
        Flow<Item> made =
                OperatorInputs.read(job, OperatorInputs.items(1, 3, i -> "k")).flatMap((item, out) -> out.emit(item));
        assertThatThrownBy(() -> made.keyBy(Item::key).<Item>groupBy((key, values, out) -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Give flatMap a Type");
    }

    private static List<Item> greatest(List<Item> items, int count) {
        return items.stream()
                .sorted(Comparator.comparing(Item::text).reversed())
                .limit(count)
                .toList();
    }

    private static <K, V> Map<K, V> byKey(List<KeyValue<K, V>> pairs) {
        Map<K, V> map = new TreeMap<>();
        pairs.forEach(pair -> assertThat(map.put(pair.key(), pair.value())).isNull());
        return map;
    }

    private static List<String> sorted(List<KeyValue<String, Pair>> pairs) {
        return pairs.stream().map(KeyValue::toString).sorted().toList();
    }
}
