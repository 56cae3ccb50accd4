package io.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SizeTextTest {

    @Test
    void sizesAreReadInPowersOf1024() {
        assertThat(SizeText.parse("4096")).isEqualTo(4096);
        assertThat(SizeText.parse("7b")).isEqualTo(7);
        assertThat(SizeText.parse("3k")).isEqualTo(3 << 10);
        assertThat(SizeText.parse("256M")).isEqualTo(256L << 20);
        assertThat(SizeText.parse("64MiB")).isEqualTo(64L << 20);
        assertThat(SizeText.parse("2gb")).isEqualTo(2L << 30);
    }

    @Test
    void aSizeIsWrittenMostShortlyAndReadAgain() {
        for (long bytes : new long[] {0, 1, 1023, 1024, 1 << 20, 3L << 29, 5L << 30, 1L << 40}) {
            assertThat(SizeText.parse(SizeText.of(bytes))).isEqualTo(bytes);
        }
        assertThat(SizeText.of(256L << 20)).isEqualTo("256m");
        assertThat(SizeText.of(1L << 40)).isEqualTo("1024g");
    }

    @Test
    void whatIsNoSizeIsRefused() {
        for (String text : new String[] {"", "m", "-1", "1.5g", "1t", "1 g", "9".repeat(13)}) {
            assertThatThrownBy(() -> SizeText.parse(text))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("'" + text + "'", "256m");
        }
    }
}
