package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "10", "123456789012345"})
    void shortIntegersAreLongAndDouble(String text) {
        assertThat(PlainText.kinds(text)).isEqualTo(PlainText.LONG | PlainText.DOUBLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890123456", "9223372036854775807", "-9223372036854775808"})
    void integersOfMoreDigitsThanADoubleHoldsAreLongOnly(String text) {
        assertThat(PlainText.kinds(text)).isEqualTo(PlainText.LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "-0.5", "1.50", "-0", "-0.0", "123456789.012345", "0.000000000123456789012345"})
    void plainDecimalsOfFifteenDigitsAreDoubles(String text) {
        assertThat(PlainText.kinds(text)).isEqualTo(PlainText.DOUBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "00501",
                "-01",
                "01.5",
                ".5",
                "5.",
                "1e3",
                "1.2.3",
                "1,5",
                " 1",
                "1 ",
                "0x10",
                "NaN",
                "9223372036854775808",
                "1234567890.123456",
                "٣",
                "1٣",
                "--1",
                "True",
                "TRUE",
                "yes",
                "1d"
            })
    void everythingElseIsAText(String text) {
        assertThat(PlainText.kinds(text)).isZero();
    }

    @Test
    void booleansAreTrueAndFalse() {
        assertThat(PlainText.kinds("true")).isEqualTo(PlainText.BOOLEAN);
        assertThat(PlainText.kinds("false")).isEqualTo(PlainText.BOOLEAN);
    }

    @Test
    void whatIsReadAsANumberComesOutAsTheSameNumber() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String text = randomNumber(random);
            int kinds = PlainText.kinds(text);
            if ((kinds & PlainText.LONG) != 0) {
                assertThat(Long.toString(Numbers.parseLong(text))).isEqualTo(text);
            }
            if ((kinds & PlainText.DOUBLE) != 0) {
                double value = Numbers.parseDouble(text);
                assertThat(new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(text)))
                        .as(text)
                        .isZero();
                assertThat(Double.doubleToLongBits(value)).isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
            }
        }
    }

    @Test
    void decimalsAreParsedAsJavaDoes() {
        Random random = new Random(8);
        for (int i = 0; i < 100_000; i++) {
            String text = randomNumber(random) + (random.nextInt(4) == 0 ? "e" + (random.nextInt(80) - 40) : "");
            assertThat(Numbers.parseDouble(text)).as(text).isEqualTo(Double.parseDouble(text));
            assertThat(Numbers.parseFloat(text)).as(text).isEqualTo(Float.parseFloat(text));
        }
    }

    private static String randomNumber(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int digits = 1 + random.nextInt(20);
        int point = random.nextBoolean() ? random.nextInt(digits + 1) : -1;
        for (int i = 0; i < digits; i++) {
            if (i == point && i > 0) {
                text.append('.');
            }
            text.append((char) ('0' + random.nextInt(10) * random.nextInt(2)));
        }
        return text.toString();
    }
}
