package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.SerializableFunction;
import io.slipway.batch.SortOrder;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link io.slipway.batch.KeyedFlow#sortedBy}. */
class SortedGroupsTest {

    @TempDir
    Path scratch;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aGroupsValuesComeInTheChosenOrder(Input input) {
        check(input, Item::text, Comparator.comparing(Item::text));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void numbersAreOrderedBySize(Input input) {
        check(input, item -> -item.place() * 1000003, Comparator.comparing(item -> -item.place() * 1000003));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void equalValuesComeInTheOrderOfTheInput(Input input) {
        check(input, item -> item.place() % 3, Comparator.comparing(item -> item.place() % 3));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void emptyTextsCanBeKeysAndOrders(Input input) {
        List<Item> items = input.items().stream()
                .map(item -> new Item(
                        item.key().substring(1), item.place(), item.text().substring(item.place() % 3)))
                .toList();
        check(new Input(input.name(), items), Item::text, Comparator.comparing(Item::text));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aSortedGroupNeedNotBeReadToItsEnd(Input input) {
        Job job = Job.named("least of group");
        Collected<String> found = OperatorInputs.read(job, input.items())
                .keyBy(Item::key)
                .sortedBy(Item::text)
                .<String>groupBy((key, values, out) -> out.emit(values.next().text()))
                .collect();
        Map<String, String> expected = new TreeMap<>();
        input.items().forEach(item -> expected.merge(item.key(), item.text(), (a, b) -> a.compareTo(b) <= 0 ? a : b));
        assertThat(OperatorInputs.engine(scratch).run(job).of(found))
                .containsExactlyInAnyOrderElementsOf(expected.values());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void theGreatestComeFirstWhereTheOrderSaysSo(Input input) {
        check(
                input,
                SortOrder.byDescending(Item::text).thenByDescending(Item::place),
                Comparator.comparing(Item::text).thenComparing(Item::place).reversed());
    }

    private <O> void check(Input input, SerializableFunction<Item, O> order, Comparator<Item> model) {
        check(input, SortOrder.by(order), model);
    }

    private void check(Input input, SortOrder<Item> order, Comparator<Item> model) {
        Job job = Job.named("sorted groups");
        Collected<String> found = OperatorInputs.read(job, input.items())
                .keyBy(Item::key)
                .sortedBy(order)
                .<String>groupBy((key, values, out) -> {
                    StringBuilder line = new StringBuilder(key);
                    values.forEachRemaining(item -> line.append(' ').append(item.place()));
                    out.emit(line.toString());
                })
                .collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        List<String> expected = input.items().stream().collect(Collectors.groupingBy(Item::key)).entrySet().stream()
                .map(group -> line(group.getKey(), group.getValue(), model))
                .toList();
        assertThat(result.of(found)).containsExactlyInAnyOrderElementsOf(expected);
        if (input.items().size() > 1) {
            assertThat(result.spills()).isGreaterThan(3);
        }
    }

    private static String line(String key, List<Item> items, Comparator<Item> model) {
        return key
                + items.stream().sorted(model).map(item -> " " + item.place()).collect(Collectors.joining());
    }
}
