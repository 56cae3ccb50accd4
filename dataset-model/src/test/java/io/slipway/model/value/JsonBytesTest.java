package io.slipway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.slipway.model.CorruptDataException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

    @Test
    void everyTextReadsBackAsItself() {
        Seeded.times(20_000, random -> {
            String text = new RandomValues(random).text();
            byte[] json = new JsonBytes(0).string(text).toByteArray();
            assertThat(ExpectedJson.parse(json).textValue()).isEqualTo(text);
        });
    }

    @Test
    void everyCharacterReadsBackAtEveryPlaceOfAWord() {
        for (char c = 0; c < 0x100; c++) {
            for (int before = 0; before < 17; before++) {
                String text = "x".repeat(before) + c + "yz";
                byte[] json = new JsonBytes(0).string(text).toByteArray();
                assertThat(ExpectedJson.parse(json).textValue()).isEqualTo(text);
            }
        }
    }

    @Test
    void onlyWhatHasToBeEscapedIs() {
        assertThat(text(new JsonBytes().string("/<é🚢\u007f"))).isEqualTo("\"/<é🚢\u007f\"");
        assertThat(text(new JsonBytes().string("\"\\\b\f\n\r\t\u0001\u001f")))
                .isEqualTo("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\"");
    }

    @Test
    void malformedUtf8IsRefused() {
        byte[] malformed = {'a', (byte) 0xc0, (byte) 0xaf};

        assertThatThrownBy(() -> new JsonBytes().string(malformed, 0, 3))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("byte 1");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 10, 4711, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE})
    void wholeNumbersAreInDecimal(long value) {
        assertThat(text(new JsonBytes(0).number(value))).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @CsvSource({
        "14, 14.0",
        "0, 0.0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "-12.50, -12.5",
        "0.001, 0.001",
        "1234567.654321, 1234567.654321",
        "0.0001, 1.0E-4",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        "2e23, 2.0E23",
        "0.30000000000000004, 0.30000000000000004",
        "5e-324, 4.9E-324",
        "NaN, \"NaN\"",
        "Infinity, \"Infinity\"",
        "-Infinity, \"-Infinity\""
    })
    void doublesAreInTheirShortestForm(double value, String expected) {
        assertThat(text(new JsonBytes(0).number(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"14, 14.0", "0.1, 0.1", "-0.0, -0.0", "3.4028235E38, 3.4028235E38", "NaN, \"NaN\""})
    void floatsAreInTheirShortestForm(float value, String expected) {
        assertThat(text(new JsonBytes(0).number(value))).isEqualTo(expected);
    }

    /** The search for the shortest form, which whatever has few decimals does without, has to find the same. */
    @Test
    void decimalsAreWrittenAsIfSearchedFor() {
        Seeded.times(100_000, random -> {
            double scale = Math.pow(10, random.nextInt(9));
            double value = Math.rint(random.nextGaussian() * Math.pow(10, random.nextInt(15))) / scale;
            double nearby = random.nextBoolean() ? value : Math.nextUp(value);
            assertThat(text(new JsonBytes().number(nearby))).isEqualTo(NumberOutput.toString(nearby, true));
        });
    }

    @Test
    void aResetBufferStartsAgainInTheSameArray() {
        JsonBytes out = new JsonBytes(100).raw("abc");
        byte[] array = out.array();
        out.reset();

        assertThat(out.raw('x').length()).isEqualTo(1);
        assertThat(out.array()).isSameAs(array);
    }

    private static String text(JsonBytes out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
