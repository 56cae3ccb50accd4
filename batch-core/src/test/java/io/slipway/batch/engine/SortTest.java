package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Collected;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.SerializableFunction;
import io.slipway.batch.SortOrder;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Flow#sortedBy}. */
class SortTest {

    @TempDir
    Path scratch;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void textsAreSortedByTheirBytes(Input input) {
        check(input.items(), Item::key, byBytes(Item::key));
        check(input.items(), Item::text, byBytes(Item::text));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void numbersAreSortedBySize(Input input) {
        check(input.items(), item -> -item.place(), Comparator.comparing(item -> -item.place()));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void equalRecordsStayInTheOrderOfTheInput(Input input) {
        check(input.items(), item -> item.place() % 3, Comparator.comparing(item -> item.place() % 3));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void keysLongerThanSamplesAndRecordsLargerThanTheBufferAreSorted(Input input) {
        List<Item> items = new ArrayList<>();
        for (Item item : input.items().subList(0, Math.min(200, input.items().size()))) {
            items.add(new Item("x".repeat(item.place() % 2 * 300) + item.text(), item.place(), item.key()));
        }
        if (!items.isEmpty()) {
            items.add(new Item("x".repeat(40_000), -1, "large"));
            items.add(new Item("t", -2, "l".repeat(40_000)));
        }
        check(items, Item::key, byBytes(Item::key));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void theGreatestComeFirstWhereTheOrderSaysSo(Input input) {
        check(
                input.items(),
                SortOrder.byDescending(Item::text).thenBy(Item::key).thenByDescending(Item::place),
                byBytes(Item::text)
                        .reversed()
                        .thenComparing(byBytes(Item::key))
                        .thenComparing(Comparator.comparing(Item::place).reversed()));
    }

    private <O> void check(List<Item> items, SerializableFunction<Item, O> order, Comparator<Item> model) {
        check(items, SortOrder.by(order), model);
    }

    private void check(List<Item> items, SortOrder<Item> order, Comparator<Item> model) {
        Job job = Job.named("sort");
        Collected<Item> found = OperatorInputs.read(job, items).sortedBy(order).collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);
        assertThat(result.of(found)).isEqualTo(items.stream().sorted(model).toList());
    }

    private static Comparator<Item> byBytes(SerializableFunction<Item, String> text) {
        return Comparator.comparing(item -> text.apply(item).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    }
}
