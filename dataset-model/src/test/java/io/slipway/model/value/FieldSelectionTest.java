package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectionTest {

    private static final Schema INNER = SchemaBuilder.record("Inner")
            .fields()
            .requiredInt("c")
            .requiredString("d")
            .endRecord();
    private static final Schema SCHEMA = SchemaBuilder.record("Outer")
            .fields()
            .requiredString("a")
            .name("b")
            .type(INNER)
            .noDefault()
            .name("list")
            .type(Schema.createArray(INNER))
            .noDefault()
            .name("map")
            .type(Schema.createMap(INNER))
            .noDefault()
            .name("maybe")
            .type(Schema.createUnion(Schema.create(Schema.Type.NULL), INNER))
            .noDefault()
            .requiredLong("z")
            .endRecord();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|{\"a\":\"A\"}",
                "z,a|{\"a\":\"A\",\"z\":26}",
                "b|{\"b\":{\"c\":1,\"d\":\"one\"}}",
                "b.d|{\"b\":{\"d\":\"one\"}}",
                "b.d,b|{\"b\":{\"c\":1,\"d\":\"one\"}}",
                "b.d,b.c|{\"b\":{\"c\":1,\"d\":\"one\"}}",
                "list.c|{\"list\":[{\"c\":1},{\"c\":2}]}",
                "map.d|{\"map\":{\"k\":{\"d\":\"two\"}}}",
                "maybe.c,z|{\"maybe\":{\"c\":2},\"z\":26}"
            })
    void onlyWhatIsWantedIsWritten(String fields, String json) {
        assertThat(json(fields, inner(2, "two"))).isEqualTo(json);
    }

    @Test
    void aNullOnTheWayStaysNull() {
        assertThat(json("maybe.c", null)).isEqualTo("{\"maybe\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|There is no field 'x'. There are: a, b,",
                "b.x|There is no field 'b.x'. There are: b.c, b.d.",
                "a.x|There is no field 'a.x': 'a' has no fields.",
                "maybe.x|There is no field 'maybe.x'.",
                "a,|empty name",
                ".a|empty name",
                "''|empty name"
            })
    void whatIsNotThereIsRefused(String fields, String message) {
        assertThatThrownBy(() -> ValueJson.of(SCHEMA, FieldSelection.parse(fields)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void valuesThatAreNoRecordsHaveNoFields() {
        assertThatThrownBy(() -> ValueJson.of(Schema.create(Schema.Type.STRING), FieldSelection.parse("a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no records");
    }

    @Test
    void aSchemaThatContainsItselfIsFollowedAsFarAsThePathGoes() {
        Schema tree = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Tree\",\"fields\":["
                        + "{\"name\":\"n\",\"type\":\"int\"},{\"name\":\"next\",\"type\":[\"null\",\"Tree\"]}]}");
        GenericData.Record leaf = record(tree, Map.of("n", 3));
        GenericData.Record value = record(tree, Map.of("n", 1, "next", record(tree, Map.of("n", 2, "next", leaf))));

        byte[] json = ValueJson.of(tree, FieldSelection.parse("next.next.n"))
                .toJson(ValueCodec.of(tree).encode(value));

        assertThat(json).asString(StandardCharsets.UTF_8).isEqualTo("{\"next\":{\"next\":{\"n\":3}}}");
    }

    private static String json(String fields, GenericData.Record maybe) {
        GenericData.Record value = record(
                SCHEMA,
                Map.of(
                        "a", "A",
                        "b", inner(1, "one"),
                        "list", List.of(inner(1, "one"), inner(2, "two")),
                        "map", Map.of("k", inner(2, "two")),
                        "z", 26L));
        value.put("maybe", maybe);
        byte[] json = ValueJson.of(SCHEMA, FieldSelection.parse(fields))
                .toJson(ValueCodec.of(SCHEMA).encode(value));
        return new String(json, StandardCharsets.UTF_8);
    }

    private static GenericData.Record inner(int c, String d) {
        return record(INNER, Map.of("c", c, "d", d));
    }

    private static GenericData.Record record(Schema schema, Map<String, Object> fields) {
        GenericData.Record record = new GenericData.Record(schema);
        fields.forEach(record::put);
        return record;
    }
}
