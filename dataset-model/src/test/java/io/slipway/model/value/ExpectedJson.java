package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Checks JSON against the datum that it should be of, by way of Jackson's tree and {@code java.time}. */
final class ExpectedJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ExpectedJson() {}

    static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertIsOf(Schema schema, Object datum, JsonNode json) {
        switch (schema.getType()) {
            case NULL -> assertThat(json.isNull()).isTrue();
            case BOOLEAN -> assertThat(json.booleanValue()).isEqualTo(datum);
            case INT, LONG -> assertWhole(schema, ((Number) datum).longValue(), json);
            case FLOAT -> assertFloat((Float) datum, json);
            case DOUBLE -> assertDouble((Double) datum, json);
            case STRING, ENUM -> assertThat(json.textValue()).isEqualTo(datum.toString());
            case BYTES -> assertBytes(schema, ((ByteBuffer) datum).array(), json);
            case FIXED -> assertBytes(schema, ((GenericFixed) datum).bytes(), json);
            case UNION -> assertIsOf(branch(schema, datum), datum, json);
            case ARRAY -> assertItems(schema.getElementType(), (Collection<?>) datum, json);
            case MAP -> assertEntries(schema.getValueType(), (Map<?, ?>) datum, json);
            case RECORD -> assertFields(schema, (IndexedRecord) datum, json);
        }
    }

    private static Schema branch(Schema union, Object datum) {
        return union.getTypes().get(GenericData.get().resolveUnion(union, datum));
    }

    private static void assertWhole(Schema schema, long value, JsonNode json) {
        String logical =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        switch (logical) {
            case "date" ->
                assertThat(json.textValue())
                        .isEqualTo(LocalDate.ofEpochDay(value).toString());
            case "timestamp-millis" ->
                assertThat(json.textValue())
                        .isEqualTo(Instant.ofEpochMilli(value).toString());
            case "local-timestamp-micros" ->
                assertThat(json.textValue() + "Z")
                        .isEqualTo(Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString());
            default -> {
                assertThat(json.isIntegralNumber()).isTrue();
                assertThat(json.longValue()).isEqualTo(value);
            }
        }
    }

    private static void assertFloat(float value, JsonNode json) {
        if (Float.isFinite(value)) {
            assertThat(json.isNumber()).isTrue();
            assertThat(Float.parseFloat(json.asText())).isEqualTo(value + 0.0f);
        } else {
            assertThat(json.textValue()).isEqualTo(Float.toString(value));
        }
    }

    private static void assertDouble(double value, JsonNode json) {
        if (Double.isFinite(value)) {
            assertThat(json.isNumber()).isTrue();
            assertThat(Double.parseDouble(json.asText())).isEqualTo(value + 0.0);
        } else {
            assertThat(json.textValue()).isEqualTo(Double.toString(value));
        }
    }

    private static void assertBytes(Schema schema, byte[] value, JsonNode json) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            assertThat(json.decimalValue())
                    .isEqualByComparingTo(new BigDecimal(new BigInteger(value), decimal.getScale()));
        } else {
            assertThat(json.textValue()).isEqualTo(Base64.getEncoder().encodeToString(value));
        }
    }

    private static void assertItems(Schema item, Collection<?> items, JsonNode json) {
        assertThat(json.isArray()).isTrue();
        assertThat(json.size()).isEqualTo(items.size());
        Iterator<JsonNode> elements = json.elements();
        items.forEach(element -> assertIsOf(item, element, elements.next()));
    }

    private static void assertEntries(Schema value, Map<?, ?> entries, JsonNode json) {
        assertThat(json.isObject()).isTrue();
        assertThat(json.size()).isEqualTo(entries.size());
        entries.forEach((key, element) -> assertIsOf(value, element, json.required(key.toString())));
    }

    private static void assertFields(Schema schema, IndexedRecord fields, JsonNode json) {
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(
                        schema.getFields().stream().map(Schema.Field::name).toList());
        for (Schema.Field field : schema.getFields()) {
            assertIsOf(field.schema(), fields.get(field.pos()), json.get(field.name()));
        }
    }
}
