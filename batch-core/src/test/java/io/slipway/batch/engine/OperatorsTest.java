package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.SerializableComparator;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator against a simple model of it, with so little memory that everything spills. */
class OperatorsTest {

    record Item(String key, int place, String text) {}

    record Pair(int left, Optional<Integer> right) {}

    private static final Type<Item> ITEM = Type.of(Item.class);
    private static final SerializableComparator<Item> BY_TEXT = SerializableComparator.comparing(Item::text);

    @TempDir
    Path scratch;

    static Stream<List<Item>> inputs() {
        return Stream.of(
                items(1, 0, i -> "k"),
                items(2, 1, i -> "k"),
                items(3, 3000, i -> "one"),
                items(4, 3000, i -> "k" + i),
                items(5, 3000, i -> "k" + i % 50),
                items(6, 3000, i -> "k" + new Random(i).nextInt(1500)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void mapFilterAndFlatMapTakeRecordsOneByOne(List<Item> items) {
        Job job = Job.named("narrow");
        Collected<String> found = read(job, items)
                .filter(item -> item.place() % 3 != 0)
                .map(Item::text)
                .<String>flatMap((text, out) -> {
                    out.count("letters", text.length());
                    for (int i = 0; i < text.length(); i++) {
                        out.emit(text.substring(i, i + 1));
                    }
                })
                .collect();
        JobResult result = engine().run(job);

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
    void reduceSeesTheValuesInTheOrderOfTheInput(List<Item> items) {
        Job job = Job.named("reduce");
        Collected<KeyValue<String, String>> found = read(job, items)
                .keyBy(Item::key)
                .mapValues(item -> item.place() + ",")
                .reduce((left, right) -> left + right)
                .collect();

        Map<String, String> expected = new TreeMap<>();
        items.forEach(item -> expected.merge(item.key(), item.place() + ",", String::concat));
        assertThat(byKey(engine().run(job).of(found))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void countCountsTheValuesOfAKey(List<Item> items) {
        Job job = Job.named("count");
        Collected<KeyValue<String, Long>> found =
                read(job, items).keyBy(Item::key).count().collect();
        Map<String, Long> expected = items.stream().collect(Collectors.groupingBy(Item::key, Collectors.counting()));
        assertThat(byKey(engine().run(job).of(found))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void groupBySeesEachGroupOnceInTheOrderOfTheInput(List<Item> items) {
        Job job = Job.named("group");
        Collected<String> found = read(job, items)
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
        assertThat(engine().run(job).of(found)).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aGroupNeedNotBeReadToItsEnd(List<Item> items) {
        Job job = Job.named("first of group");
        Collected<Integer> found = read(job, items)
                .keyBy(Item::key)
                .<Integer>groupBy((key, values, out) -> out.emit(values.next().place()))
                .collect();
        Map<String, Integer> expected = new TreeMap<>();
        items.forEach(item -> expected.putIfAbsent(item.key(), item.place()));
        assertThat(engine().run(job).of(found)).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void joinsPairUpValuesOfOneKey(List<Item> items) {
        List<Item> others = items(77, 40, i -> i < 4 ? "one" : "k" + i * 3);
        Job job = Job.named("join");
        KeyedFlow<String, Integer> left = read(job, items).keyBy(Item::key).mapValues(Item::place);
        KeyedFlow<String, Integer> right = read(job, others).keyBy(Item::key).mapValues(Item::place);
        Collected<KeyValue<String, Pair>> inner =
                left.join(right, (a, b) -> new Pair(a, Optional.of(b))).collect();
        Collected<KeyValue<String, Pair>> outer =
                left.leftJoin(right, Pair::new).collect();
        JobResult result = engine().run(job);

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
    void topKGivesTheGreatestFirst(List<Item> items) {
        Job job = Job.named("top");
        Flow<Item> flow = read(job, items);
        Collected<Item> overall = flow.topK(7, BY_TEXT).collect();
        Collected<KeyValue<String, List<Item>>> byKey =
                flow.keyBy(Item::key).topK(3, BY_TEXT).collect();
        JobResult result = engine().run(job);

        assertThat(result.of(overall)).isEqualTo(greatest(items, 7));
        Map<String, List<Item>> expected = new TreeMap<>();
        items.stream()
                .collect(Collectors.groupingBy(Item::key))
                .forEach((key, group) -> expected.put(key, greatest(group, 3)));
        assertThat(byKey(result.of(byKey))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void stagesFollowEachOther(List<Item> items) {
        Job job = Job.named("counts of counts");
        Collected<KeyValue<Long, Long>> found = read(job, items)
                .keyBy(Item::key)
                .count()
                .map((key, count) -> count)
                .keyBy(count -> count, Type.of(Long.class))
                .count()
                .collect();
        Map<Long, Long> expected =
                items.stream().collect(Collectors.groupingBy(Item::key, Collectors.counting())).values().stream()
                        .collect(Collectors.groupingBy(count -> count, Collectors.counting()));
        assertThat(byKey(engine().run(job).of(found))).isEqualTo(expected);
    }

    @Test
    void resultsDoNotDependOnParallelismOrMemory() {
        List<Item> items = items(10, 5000, i -> "k" + i % 200);
        List<Map<String, String>> results = new ArrayList<>();
        for (int parallelism : new int[] {1, 2, 5}) {
            for (long memory : new long[] {64 << 10, 64 << 20}) {
                Job job = Job.named("reduce");
                Collected<KeyValue<String, String>> found = read(job, items)
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
        Flow<Item> made = read(job, items(1, 3, i -> "k")).flatMap((item, out) -> out.emit(item));
        assertThatThrownBy(() -> made.keyBy(Item::key).<Item>groupBy((key, values, out) -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Give flatMap a Type");
    }

    private static Flow<Item> read(Job job, List<Item> items) {
        return job.read(Records.of(items, ITEM).inParts(3));
    }

    private EmbeddedEngine engine() {
        return EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .scratch(scratch)
                .build();
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

    private static List<Item> items(long seed, int count, IntFunction<String> key) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item(key.apply(i), i, "t" + random.nextInt(1000)));
        }
        return items;
    }
}
