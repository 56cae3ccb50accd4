package io.slipway.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.InvalidInputException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateSettingsTest {

    @ParameterizedTest
    @CsvSource({"0%,0", "20%,20", "2.5%,2.5", "1000000%,1000000"})
    void aPercentageIsRead(String text, double value) {
        assertThat(GateSettings.RECORDS_DROP.parse(text)).isEqualTo(OptionalDouble.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "-1%", "%", "1e3%", "1000001%", "20 %", "OFF", "0.1234567%"})
    void whatIsNoPercentageIsRefused(String text) {
        assertThatThrownBy(() -> GateSettings.RECORDS_DROP.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'" + text + "' is not a limit. Write a percentage like 20%, or off.");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000000000000000,1e15"})
    void aCountIsRead(String text, double value) {
        assertThat(GateSettings.RECORDS_LEAST.parse(text)).isEqualTo(OptionalDouble.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "-1", "5%", "1000000000000001"})
    void whatIsNoCountIsRefused(String text) {
        assertThatThrownBy(() -> GateSettings.RECORDS_LEAST.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a whole number");
    }

    @Test
    void offIsNoLimit() {
        assertThat(GateSettings.RECORDS_DROP.parse("off")).isEmpty();
        assertThat(GateSettings.RECORDS_LEAST.parse("off")).isEmpty();
        assertThat(GateSettings.EMPTY.parse("off")).isFalse();
        assertThatThrownBy(() -> GateSettings.EMPTY.parse("yes")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void everyDefaultIsOneThatAUserCouldWrite() {
        for (Setting<?> setting : Setting.all()) {
            assertThat(DatasetSettings.DEFAULTS.with(setting.name(), setting.defaultText()))
                    .as(setting.name())
                    .isNotEqualTo(DatasetSettings.DEFAULTS);
        }
    }

    @Test
    void aMessageIsCutBeforeItFillsTheCatalog() {
        GateResult result = new GateResult(
                "nulls", false, java.util.Optional.of(Double.NaN), java.util.Optional.of(1.0), "x".repeat(1000));
        assertThat(result.message()).hasSize(GateResult.MESSAGE_CHARACTERS).endsWith(" …");
        assertThat(result.measured()).isEmpty();
        assertThat(new GateResult("nulls", false, result.limit(), result.limit(), "x".repeat(400)).message())
                .isEqualTo("x".repeat(400));
    }
}
