package io.slipway.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link SortOrder}: the bytes compare as the records do. */
class SortOrderTest {

    record Name(String first, String last) {}

    record Row(String text, long number, double real, boolean flag, Name name, String other) {}

    /** An order, and the same as a comparator. */
    private record Case(SortOrder<Row> order, Comparator<Row> model) {

        <O> Case then(SerializableFunction<Row, O> function, Type<O> type, Comparator<Row> by, boolean ascending) {
            return ascending
                    ? new Case(order.thenBy(function, type), model.thenComparing(by))
                    : new Case(order.thenByDescending(function, type), model.thenComparing(by.reversed()));
        }
    }

    private static final Comparator<Row> BY_NAME = byBytes(row -> row.name().first())
            .thenComparing(byBytes(row -> row.name().last()));

    @Test
    void bytesCompareAsRecordsDoForAnyCompositeOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Case one = randomCase(random);
            List<Row> rows = rows(random, 40);
            for (Row left : rows) {
                for (Row right : rows) {
                    assertThat(Integer.signum(
                                    Arrays.compareUnsigned(bytes(one.order(), left), bytes(one.order(), right))))
                            .as("%s and %s, seed %d, round %d", left, right, seed, round)
                            .isEqualTo(Integer.signum(one.model().compare(left, right)));
                }
            }
        }
    }

    @Test
    void theGreatestOfTextsComesFirstEvenIfItBeginsWithAnother() {
        SortOrder<String> order = SortOrder.byDescending((String text) -> text);

        assertThat(Arrays.compareUnsigned(bytes(order, "ab"), bytes(order, "a")))
                .isNegative();
        assertThat(Arrays.compareUnsigned(bytes(order, "a\0"), bytes(order, "a")))
                .isNegative();
        assertThat(Arrays.compareUnsigned(bytes(order, ""), bytes(order, "a"))).isPositive();
    }

    @Test
    void typesAreFoundOutFromMethodReferences() {
        SortOrder<Row> order =
                SortOrder.byDescending(Row::number).thenBy(Row::text).thenByDescending(Row::name);

        assertThat(bytes(order, rows(new Random(1), 1).get(0))).isNotEmpty();
    }

    @Test
    void whatHasNoPlaceInAnOrderIsRefused() {
        SortOrder<Double> reals = SortOrder.byDescending((Double real) -> real);
        SortOrder<Optional<String>> texts =
                SortOrder.byDescending(text -> text, Type.optionalOf(Type.of(String.class)));

        assertThatThrownBy(() -> bytes(reals, Double.NaN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> bytes(texts, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("null");
    }

    private static Case randomCase(Random random) {
        Case made = random.nextBoolean()
                ? new Case(SortOrder.by(Row::text), byBytes(Row::text))
                : new Case(SortOrder.byDescending(Row::text), byBytes(Row::text).reversed());
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean ascending = random.nextBoolean();
            made = switch (random.nextInt(5)) {
                case 0 -> made.then(Row::number, Type.of(Long.class), Comparator.comparing(Row::number), ascending);
                case 1 -> made.then(Row::real, Type.of(Double.class), Comparator.comparing(Row::real), ascending);
                case 2 -> made.then(Row::flag, Type.of(Boolean.class), Comparator.comparing(Row::flag), ascending);
                case 3 -> made.then(Row::name, Type.of(Name.class), BY_NAME, ascending);
                default -> made.then(Row::other, Type.of(String.class), byBytes(Row::other), ascending);
            };
        }
        return made;
    }

    private static List<Row> rows(Random random, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(
                    text(random),
                    random.nextInt(3) - 1,
                    (random.nextInt(5) - 2) * 1e100,
                    random.nextBoolean(),
                    new Name(text(random), text(random)),
                    text(random)));
        }
        return rows;
    }

    /** Short texts of which many are beginnings of others, with the bytes that mean something in encodings. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append("\0\1a\u00ff\uffff".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static Comparator<Row> byBytes(SerializableFunction<Row, String> text) {
        return Comparator.comparing(row -> text.apply(row).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    }

    private static <T> byte[] bytes(SortOrder<T> order, T record) {
        BinaryOut out = new BinaryOut();
        order.write(record, out);
        return out.toByteArray();
    }
}
