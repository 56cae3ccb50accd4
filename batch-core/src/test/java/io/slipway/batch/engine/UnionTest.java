package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Flow#union} and {@link Flow#distinct}. */
class UnionTest {

    @TempDir
    Path scratch;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aUnionHasTheRecordsOfBothFlows(Input input) {
        List<Item> others = List.of(new Item("other", 1, "x"), new Item("k", 2, "y"));
        Job job = Job.named("union");
        Flow<Item> united = OperatorInputs.read(job, input.items()).union(OperatorInputs.read(job, others));
        Collected<Item> all = united.collect();
        Collected<Item> some = united.filter(item -> item.place() % 2 == 0).collect();
        Collected<KeyValue<String, Long>> counts =
                united.keyBy(Item::key).count().collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        List<Item> expected =
                Stream.concat(input.items().stream(), others.stream()).toList();
        assertThat(result.of(all)).isEqualTo(expected);
        assertThat(result.of(some))
                .isEqualTo(
                        expected.stream().filter(item -> item.place() % 2 == 0).toList());
        assertThat(counts(result.of(counts)))
                .isEqualTo(expected.stream().collect(Collectors.groupingBy(Item::key, Collectors.counting())));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aFlowCanBeUnitedWithWhatIsMadeOfIt(Input input) {
        Job job = Job.named("diamond");
        Flow<Item> items = OperatorInputs.read(job, input.items());
        Flow<Item> even = items.filter(item -> item.place() % 2 == 0);
        Collected<KeyValue<String, Long>> twiceAndHalf =
                items.union(items).union(even).keyBy(Item::key).count().collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        Map<String, Long> expected = input.items().stream()
                .collect(Collectors.groupingBy(
                        Item::key, Collectors.summingLong(item -> item.place() % 2 == 0 ? 3L : 2L)));
        assertThat(counts(result.of(twiceAndHalf))).isEqualTo(expected);
        assertThat(result.recordsIn()).isEqualTo(input.items().size());
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void whatWasShuffledCanBeUnitedWithWhatWasNot(Input input) {
        Job job = Job.named("union of stages");
        Flow<Item> items = OperatorInputs.read(job, input.items());
        Flow<String> keys = items.keyBy(Item::key).count().map((key, count) -> key);
        Collected<String> found =
                keys.union(items.map(Item::text)).union(keys).distinct().collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        assertThat(result.of(found))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(input.items().stream()
                        .flatMap(item -> Stream.of(item.key(), item.text()))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void distinctKeepsOneOfEqualRecords(Input input) {
        Job job = Job.named("distinct");
        Flow<Item> items = OperatorInputs.read(job, input.items());
        Flow<Item> placeless = items.map(item -> new Item(item.key(), 0, "same"));
        Collected<Item> allDiffer = items.distinct().collect();
        Collected<Item> keysDiffer = placeless.distinct().collect();
        JobResult result = OperatorInputs.engine(scratch).run(job);

        assertThat(result.of(allDiffer)).containsExactlyInAnyOrderElementsOf(input.items());
        assertThat(result.of(keysDiffer).stream().map(Item::key).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        input.items().stream().map(Item::key).collect(Collectors.toSet()));
    }

    @Test
    void flowsOfDifferentJobsAreNotUnited() {
        Flow<Item> one = OperatorInputs.read(Job.named("one"), List.of());
        Flow<Item> other = OperatorInputs.read(Job.named("other"), List.of());
        assertThatThrownBy(() -> one.union(other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the jobs one and other");
    }

    private static Map<String, Long> counts(List<KeyValue<String, Long>> pairs) {
        return pairs.stream().collect(Collectors.toMap(KeyValue::key, KeyValue::value));
    }
}
