package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.batch.type.Type;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link KeyedFlow#coGroup}, and joins of groups that do not fit in memory. */
class CoGroupTest {

    @TempDir
    Path scratch;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void coGroupSeesTheValuesOfBothSidesOnceForEachKey(Input input) {
        List<Item> others = others(input);
        assertThat(coGroup(input.items(), others)).containsExactlyInAnyOrderElementsOf(expected(input.items(), others));
        assertThat(coGroup(others, input.items())).containsExactlyInAnyOrderElementsOf(expected(others, input.items()));
        assertThat(coGroup(input.items(), input.items()))
                .containsExactlyInAnyOrderElementsOf(expected(input.items(), input.items()));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void neitherSideOfACoGroupNeedBeReadToItsEnd(Input input) {
        Job job = Job.named("keys of both");
        KeyedFlow<String, Item> left = OperatorInputs.read(job, input.items()).keyBy(Item::key);
        KeyedFlow<String, Item> right = OperatorInputs.read(job, others(input)).keyBy(Item::key);
        Collected<String> found = left.coGroup(
                        right,
                        (String key, Iterator<Item> l, Iterator<Item> r, io.slipway.batch.Emitter<String> out) -> {
                            if (l.hasNext() && r.hasNext()) {
                                out.emit(key);
                            }
                        })
                .collect();
        Set<String> expected = keys(input.items());
        expected.retainAll(keys(others(input)));
        assertThat(OperatorInputs.engine(scratch).run(job).of(found)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void noSideOfAJoinHasToFitInMemory() throws IOException {
        List<Item> many = items(700);
        Job job = Job.named("skewed join");
        KeyedFlow<String, Item> left = OperatorInputs.read(job, many).keyBy(Item::key);
        KeyedFlow<String, Item> right = OperatorInputs.read(job, many).keyBy(Item::key);
        Collected<KeyValue<String, Long>> found = left.join(
                        right, (a, b) -> a.place() * 1000L + b.place(), Type.of(Long.class))
                .collect();
        AtomicInteger valueReads = new AtomicInteger();

        JobResult result = EmbeddedEngine.builder()
                .memoryBytes(64 << 10)
                .parallelism(2)
                .scratch(scratch)
                .faults(files -> new CountingScratch(files, valueReads))
                .build()
                .run(job);

        List<Long> expected = new ArrayList<>();
        for (Item a : many) {
            many.forEach(b -> expected.add(a.place() * 1000L + b.place()));
        }
        assertThat(result.of(found).stream().map(KeyValue::value).sorted().toList())
                .isEqualTo(expected);
        assertThat(valueReads.get())
                .as("how often the values that do not fit are read, for 700 on the other side")
                .isBetween(2, 100);
        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
    }

    private List<String> coGroup(List<Item> lefts, List<Item> rights) {
        Job job = Job.named("coGroup");
        KeyedFlow<String, Integer> left =
                OperatorInputs.read(job, lefts).keyBy(Item::key).mapValues(Item::place);
        KeyedFlow<String, Item> right = OperatorInputs.read(job, rights).keyBy(Item::key);
        Collected<String> found = left.<Item, String>coGroup(right, (key, l, r, out) -> {
                    StringBuilder line = new StringBuilder(key);
                    l.forEachRemaining(place -> line.append(' ').append(place));
                    line.append(" |");
                    r.forEachRemaining(item -> line.append(' ').append(item.place()));
                    out.emit(line.toString());
                })
                .collect();
        return OperatorInputs.engine(scratch).run(job).of(found);
    }

    private static List<String> expected(List<Item> left, List<Item> right) {
        Set<String> all = keys(left);
        all.addAll(keys(right));
        var lefts = left.stream().collect(Collectors.groupingBy(Item::key));
        var rights = right.stream().collect(Collectors.groupingBy(Item::key));
        return all.stream()
                .map(key -> key + places(lefts.getOrDefault(key, List.of())) + " |"
                        + places(rights.getOrDefault(key, List.of())))
                .toList();
    }

    private static String places(List<Item> items) {
        return items.stream().map(item -> " " + item.place()).collect(Collectors.joining());
    }

    private static Set<String> keys(List<Item> items) {
        return items.stream().map(Item::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Some keys of the input, twice, and some that it does not have. */
    private static List<Item> others(Input input) {
        List<Item> others = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            others.add(new Item(i % 3 == 0 ? "k" + i / 6 * 7 : i < 50 ? "one" : "z" + i, i, "other"));
        }
        input.items().stream().limit(20).forEach(others::add);
        return others;
    }

    /** Counts how often files of values are opened for reading. */
    private static final class CountingScratch extends ForwardingScratch {

        private final AtomicInteger valueReads;

        CountingScratch(Scratch scratch, AtomicInteger valueReads) {
            super(scratch);
            this.valueReads = valueReads;
        }

        @Override
        public FileChannel read(Path file) throws IOException {
            if (file.getFileName().toString().startsWith("values")) {
                valueReads.incrementAndGet();
            }
            return super.read(file);
        }
    }

    private static List<Item> items(int count) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item("one", i, "some text of the item " + i));
        }
        return items;
    }
}
