package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void aShapeTellsEveryByteAtEveryPlace() {
        String shape = "0:0 ?0/0";
        String fitting = "1:2 x3/9";
        Words.Shape words = new Words.Shape(shape);
        assertThat(words.fits(word(bytes(fitting)))).isTrue();
        for (int place = 0; place < Long.BYTES; place++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = bytes(fitting);
                changed[place] = (byte) value;
                assertThat(words.fits(word(changed)))
                        .as("byte %d at %d", value, place)
                        .isEqualTo(fits(shape.charAt(place), value));
            }
        }
    }

    private static boolean fits(char shape, int value) {
        return switch (shape) {
            case '?' -> true;
            case '0' -> value >= '0' && value <= '9';
            default -> value == shape;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long word(byte[] bytes) {
        return Words.at(bytes, 0);
    }
}
