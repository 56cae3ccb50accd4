package io.slipway.model.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CorruptDataException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import io.slipway.model.value.ValueJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryCheckTest {

    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema AIRPORT = new Schema.Parser().parse("""
            {"type": "record", "name": "Airport", "fields": [
              {"name": "name", "type": "string"},
              {"name": "latitude", "type": "double"},
              {"name": "elevation", "type": ["null", "int"]},
              {"name": "open", "type": "boolean"},
              {"name": "since", "type": {"type": "int", "logicalType": "date"}},
              {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "fee", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "place", "type": ["null", {"type": "record", "name": "Place", "fields": [
                {"name": "city", "type": "string"}]}]},
              {"name": "runways", "type": {"type": "array", "items": "int"}},
              {"name": "codes", "type": {"type": "map", "values": "string"}}]}""");
    private static final Schema LEG = new Schema.Parser().parse("""
            {"type": "record", "name": "Leg", "fields": [
              {"name": "from", "type": "string"}, {"name": "day", "type": "int"}]}""");

    private static final byte[] LAX = ValueCodec.of(AIRPORT)
            .encode(new GenericRecordBuilder(AIRPORT)
                    .set("name", "Los Angeles International")
                    .set("latitude", 33.9425)
                    .set("elevation", null)
                    .set("open", true)
                    .set("since", 20_484) // 2026-01-31
                    .set("seen", 1_769_853_600_123L) // 2026-01-31T10:00:00.123Z
                    .set("fee", java.nio.ByteBuffer.wrap(new byte[] {0x04, (byte) 0xe2})) // 12.50
                    .set("place", place("Los Angeles"))
                    .set("runways", List.of(6, 7))
                    .set("codes", Map.of("icao", "KLAX"))
                    .build());

    private static GenericData.Record place(String city) {
        Schema schema = AIRPORT.getField("place").schema().getTypes().get(1);
        return new GenericRecordBuilder(schema).set("city", city).build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LAX exists",
                "XXX absent",
                "LAX: name = \"Los Angeles International\"",
                "LAX: name != \"Paris\"",
                "LAX: name < \"M\"",
                "LAX: latitude > 33",
                "LAX: latitude <= 33.94250",
                "LAX: latitude = 3.39425e1",
                "LAX: elevation is null",
                "LAX: elevation != 5",
                "LAX: place is not null",
                "LAX: open = true",
                "LAX: since = \"2026-01-31\"",
                "LAX: since >= \"2026-01-01\"",
                "LAX: seen > \"2026-01-31T10:00:00Z\"",
                "LAX: seen < \"2026-01-31T10:00:01Z\"",
                "LAX: fee = 12.5",
                "LAX: place.city = \"Los Angeles\"",
                "LAX: codes.icao = \"KLAX\"",
                "LAX: codes.iata is null",
                "LAX: runways = [6, 7]",
                "LAX: place = {\"city\": \"Los Angeles\"}",
            })
    void whatIsSoPasses(String canary) {
        assertThat(failure(canary)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XXX exists|there is no such key",
                "LAX absent|it exists",
                "XXX: name = \"x\"|there is no such key",
                "XXX: elevation is null|there is no such key",
                "LAX: name = \"Los Angeles\"|it is \"Los Angeles International\"",
                "LAX: name != \"Los Angeles International\"|it is \"Los Angeles International\"",
                "LAX: latitude > 33.9425|it is 33.9425",
                "LAX: latitude < -33.9425|it is 33.9425",
                "LAX: elevation > 0|it is null",
                "LAX: elevation < 0|it is null",
                "LAX: elevation is not null|it is null",
                "LAX: place is null|it is {\"city\":\"Los Angeles\"}",
                "LAX: seen < \"2026-01-31T10:00:00Z\"|it is \"2026-01-31T10:00:00.123Z\"",
                "LAX: runways = [7, 6]|it is [6,7]",
            })
    void whatIsNotSoFailsWithWhatIsThere(String canary, String found) {
        assertThat(failure(canary)).hasValue(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAX: nam = \"x\"|the value has no field 'nam'; it has name, latitude, elevation",
                "LAX: place.town is null|field 'place' has no field 'town'; it has city",
                "LAX: name.first is null|field 'name' has no field 'first', for it is no record",
                "LAX: latitude > \"33\"|field 'latitude' is a number in JSON, and \"33\" is text",
                "LAX: name = 7|field 'name' is text in JSON, and 7 is a number",
                "LAX: elevation = true|field 'elevation' is null or a number in JSON, and true is true or false",
                "LAX: since > 5|field 'since' is text in JSON",
                "LAX: fee = \"12.50\"|field 'fee' is a number in JSON",
                "LAX: runways = {}|field 'runways' is an array in JSON",
                "LAX = 5|the value is an object in JSON, and 5 is a number",
                "XXX: nam != \"x\"|the value has no field 'nam'",
                "[\"LAX\"] exists|[\"LAX\"]",
            })
    void whatTheSchemasDoNotHaveFailsWhateverIsThere(String canary, String problem) {
        assertThat(failure(canary))
                .hasValueSatisfying(found -> assertThat(found).contains(problem));
    }

    @Test
    void theWholeValueIsComparedAsJsonWhateverItsOrderAndHowItsNumbersAreWritten() {
        String value = new String(ValueJson.of(AIRPORT).toJson(LAX), StandardCharsets.UTF_8);
        assertThat(failure("LAX = " + value)).isEmpty();
        assertThat(failure("LAX = " + value.replace("33.9425", "339425e-4"))).isEmpty();
        assertThat(failure("LAX = {\"open\":true," + value.substring(1).replace("\"open\":true,", "")))
                .isEmpty();
        assertThat(failure("LAX = " + value.replace("33.9425", "33.9"))).isPresent();
        assertThat(failure("LAX = " + value.replace("\"open\":true,", ""))).isPresent();
        assertThat(failure("LAX != " + value)).isPresent();
    }

    @Test
    void aValueThatIsNoRecordIsComparedItself() {
        CanaryCheck check = new CanaryCheck(KeyCodec.of(Schema.create(Schema.Type.LONG)), ValueJson.of(STRING));
        byte[] seven = KeyCodec.of(Schema.create(Schema.Type.LONG)).encode(7L);
        byte[] value = ValueCodec.of(STRING).encode("x");

        assertThat(check.failure(only("7 = \"x\""), key -> value(key, seven, value)))
                .isEmpty();
        assertThat(check.failure(only("7 = \"y\""), key -> value(key, seven, value)))
                .hasValue("it is \"x\"");
        assertThat(check.failure(only("7: value = \"x\""), key -> value(key, seven, value)))
                .hasValue("the value has no field 'value', for it is no record");
        assertThat(check.failure(only("seven absent"), key -> value(key, seven, value)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("seven"));
    }

    @Test
    void recordKeysAreArrays() {
        KeyCodec keys = KeyCodec.of(LEG);
        byte[] leg = keys.encode(List.of("LAX", 4));
        CanaryCheck check = new CanaryCheck(keys, ValueJson.of(AIRPORT));

        assertThat(check.failure(only("[\"LAX\", 4]: open = true"), key -> value(key, leg, LAX)))
                .isEmpty();
        assertThat(check.failure(only("[\"LAX\", 5] absent"), key -> value(key, leg, LAX)))
                .isEmpty();
        assertThat(check.failure(only("[\"LAX\"] absent"), key -> value(key, leg, LAX)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("not an array of the 2 values"));
        assertThat(check.failure(only("LAX absent"), key -> value(key, leg, LAX)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("JSON array"));
    }

    @Test
    void whatALookupThrowsIsPassedOnAndSoIsAValueThatIsNotOfItsSchema() {
        CanaryCheck check = new CanaryCheck(KeyCodec.of(STRING), ValueJson.of(AIRPORT));

        assertThatThrownBy(() -> check.failure(only("LAX exists"), key -> {
                    throw new IllegalStateException("no disk");
                }))
                .hasMessage("no disk");
        assertThatThrownBy(() -> check.failure(only("LAX: open = true"), key -> Optional.of(new byte[] {1})))
                .isInstanceOf(CorruptDataException.class);
    }

    private static Optional<String> failure(String canary) {
        KeyCodec keys = KeyCodec.of(STRING);
        return new CanaryCheck(keys, ValueJson.of(AIRPORT))
                .failure(only(canary), key -> value(key, keys.encode("LAX"), LAX));
    }

    private static Optional<byte[]> value(byte[] key, byte[] known, byte[] value) {
        return Arrays.equals(key, known) ? Optional.of(value) : Optional.empty();
    }

    private static Canary only(String text) {
        return CanaryText.parse(text).get(0);
    }
}
