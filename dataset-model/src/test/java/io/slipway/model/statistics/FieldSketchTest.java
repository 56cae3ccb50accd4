package io.slipway.model.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.json.JsonFields;
import io.slipway.model.manifest.FieldStatistics;
import io.slipway.model.value.Seeded;
import io.slipway.model.value.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSketchTest {

    private static final Schema DELAYS = new Schema.Parser().parse("""
            {"type": "record", "name": "Delays", "fields": [
              {"name": "flights", "type": "long"},
              {"name": "delay", "type": ["null", "double"]},
              {"name": "airport", "type": "string"},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "any", "type": ["int", "string", "null"]}]}""");
    private static final ValueCodec CODEC = ValueCodec.of(DELAYS);

    @Test
    void theFiguresAreThoseOfTheValues() {
        FieldSketcher sketcher = FieldSketcher.of(DELAYS);
        add(sketcher, delays(10, 1.5, "FRA", 1, 5));
        add(sketcher, delays(20, null, "FRA", 2, "text"));
        add(sketcher, delays(-6, -0.5, "", 1, null));

        assertThat(statistics(sketcher.sketches()))
                .containsExactly(
                        numbers("flights", 3, 0, 3, -6, 20, 8),
                        numbers("delay", 3, 1, 2, -0.5, 1.5, 0.5),
                        others("airport", 3, 0, 2),
                        others("day", 3, 0, 2),
                        numbers("any", 3, 1, 2, 5, 5, 5));
    }

    @Test
    void whatIsNotFiniteIsAValueButNoNumber() {
        Schema schema = Schema.create(Schema.Type.DOUBLE);
        FieldSketcher sketcher = FieldSketcher.of(schema);
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 2, Double.NEGATIVE_INFINITY, 4}) {
            byte[] bytes = ValueCodec.of(schema).encode(value);
            sketcher.add(bytes, 0, bytes.length);
        }

        assertThat(statistics(sketcher.sketches())).containsExactly(numbers("value", 5, 0, 5, 2, 4, 3));
    }

    @Test
    void sumsBeyondAnyDoubleStayFinite() {
        Schema schema = Schema.create(Schema.Type.DOUBLE);
        FieldSketcher sketcher = FieldSketcher.of(schema);
        byte[] bytes = ValueCodec.of(schema).encode(Double.MAX_VALUE);
        for (int i = 0; i < 3; i++) {
            sketcher.add(bytes, 0, bytes.length);
        }
        FieldSketch sketch = sketcher.sketches().get(0);
        FieldSketch twice = sketch.merge(sketch);

        assertThat(twice.statistics().mean().orElseThrow()).isFinite();
        assertThat(readBack(twice)).isEqualTo(twice);
    }

    @Test
    void mergedSketchesAreThoseOfOnePass() {
        Seeded.times(50, random -> {
            FieldSketcher whole = FieldSketcher.of(DELAYS);
            List<FieldSketcher> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(FieldSketcher.of(DELAYS));
            }
            for (int i = random.nextInt(3_000); i > 0; i--) {
                byte[] value = CODEC.encode(randomDelays(random));
                whole.add(value, 0, value.length);
                parts.get(random.nextInt(4)).add(value, 0, value.length);
            }
            List<FieldSketch> merged =
                    parts.stream().map(FieldSketcher::sketches).reduce(List.of(), FieldSketcher::merge);

            assertThat(merged).isEqualTo(whole.sketches());
        });
    }

    @Test
    void anEmptySketchMergesAway() {
        FieldSketcher sketcher = FieldSketcher.of(DELAYS);
        add(sketcher, delays(10, 1.5, "FRA", 1, 5));
        FieldSketch flights = sketcher.sketches().get(0);

        assertThat(FieldSketch.empty("flights").merge(flights)).isEqualTo(flights);
        assertThat(flights.merge(FieldSketch.empty("flights"))).isEqualTo(flights);
        assertThat(statistics(FieldSketcher.of(DELAYS).sketches())).contains(others("flights", 0, 0, 0));
    }

    @Test
    void sketchesOfDifferentFieldsDoNotMerge() {
        assertThatThrownBy(() -> FieldSketch.empty("a").merge(FieldSketch.empty("b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FieldSketcher.merge(
                        List.of(FieldSketch.empty("a")), List.of(FieldSketch.empty("a"), FieldSketch.empty("b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000, 100_000})
    void distinctValuesAreEstimatedWithinTenPercent(int distinct) {
        Schema schema = Schema.create(Schema.Type.STRING);
        ValueCodec codec = ValueCodec.of(schema);
        FieldSketcher sketcher = FieldSketcher.of(schema);
        for (int i = 0; i < 2 * distinct; i++) {
            byte[] value = codec.encode("value " + i % distinct);
            sketcher.add(value, 0, value.length);
        }

        long estimate = sketcher.sketches().get(0).statistics().distinct();
        assertThat((double) estimate).isCloseTo(distinct, within(distinct / 10.0));
    }

    @Test
    void aSketchReadsBackFromItsJson() {
        Seeded.times(200, random -> {
            FieldSketcher sketcher = FieldSketcher.of(DELAYS);
            for (int i = random.nextInt(20); i > 0; i--) {
                add(sketcher, randomDelays(random));
            }
            for (FieldSketch sketch : sketcher.sketches()) {
                assertThat(readBack(sketch)).isEqualTo(sketch).hasSameHashCodeAs(sketch);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "values, -1",
        "nulls, 2",
        "nulls, -1",
        "numbers, 2",
        "least, null",
        "sum, \"1\"",
        "registers, \"AAAA\"",
        "registers, \"*\"",
        "field, null"
    })
    void aSketchThatContradictsItselfIsRefused(String field, String json) throws Exception {
        FieldSketcher sketcher = FieldSketcher.of(DELAYS);
        add(sketcher, delays(10, 1.5, "FRA", 1, 5));
        ObjectNode sketch = sketcher.sketches().get(0).toJson();
        sketch.set(field, new ObjectMapper().readTree(json));

        assertThatThrownBy(() -> FieldSketch.fromJson(new JsonFields("receipt", "sketches[0]", sketch)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("sketches[0]." + field);
    }

    @Test
    void aValueOfAnotherSchemaIsRefused() {
        byte[] value = CODEC.encode(delays(10, 1.5, "FRA", 1, 5));
        for (int length = 0; length < value.length; length++) {
            byte[] part = Arrays.copyOf(value, length);
            assertThatThrownBy(() -> FieldSketcher.of(DELAYS).add(part, 0, part.length))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    private static GenericRecord randomDelays(Random random) {
        Object any = random.nextInt(3) == 0 ? null : random.nextBoolean() ? (Object) random.nextInt(9) : "x";
        Double delay = random.nextBoolean() ? null : (Double) (double) random.nextInt(100);
        return delays(random.nextInt(1_000), delay, "airport " + random.nextInt(300), random.nextInt(9), any);
    }

    private static GenericRecord delays(long flights, Double delay, String airport, int day, Object any) {
        GenericRecord delays = new GenericData.Record(DELAYS);
        delays.put("flights", flights);
        delays.put("delay", delay);
        delays.put("airport", airport);
        delays.put("day", day);
        delays.put("any", any);
        return delays;
    }

    private static void add(FieldSketcher sketcher, GenericRecord delays) {
        byte[] value = CODEC.encode(delays);
        sketcher.add(value, 0, value.length);
    }

    private static FieldSketch readBack(FieldSketch sketch) {
        return FieldSketch.fromJson(new JsonFields("receipt", "", sketch.toJson()));
    }

    private static List<FieldStatistics> statistics(List<FieldSketch> sketches) {
        return sketches.stream().map(FieldSketch::statistics).toList();
    }

    private static FieldStatistics numbers(
            String field, long values, long nulls, long distinct, double least, double greatest, double mean) {
        return new FieldStatistics(
                field, values, nulls, distinct, Optional.of(least), Optional.of(greatest), Optional.of(mean));
    }

    private static FieldStatistics others(String field, long values, long nulls, long distinct) {
        return new FieldStatistics(
                field, values, nulls, distinct, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
