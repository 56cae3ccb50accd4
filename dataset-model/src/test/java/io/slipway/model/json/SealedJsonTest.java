package io.slipway.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.SlipwayException;
import io.slipway.model.UnsupportedFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedJsonTest {

    private static final String FILE = "manifest.json";

    @Test
    void aSealedDocumentOpensWithItsFields() {
        JsonFields fields = SealedJson.open(FILE, sealed(), 1, 1);

        assertThat(fields.text("name")).isEqualTo("Zürich 🚢");
        assertThat(fields.integer("formatVersion")).isEqualTo(1);
    }

    @Test
    void theChecksumIsTheSha256OfWhatIsBeforeIt() {
        String text = new String(sealed(), StandardCharsets.UTF_8);
        int end = text.lastIndexOf(",\n  \"checksum\"");
        byte[] before = text.substring(0, end).getBytes(StandardCharsets.UTF_8);

        assertThat(text.substring(end)).isEqualTo(",\n  \"checksum\" : \"" + Sha256.hex(before) + "\"\n}\n");
    }

    @Test
    void everySingleBitFlipIsRefused() {
        byte[] sealed = sealed();
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> SealedJson.open(FILE, flipped, 1, 1))
                    .as("bit %s", bit)
                    .isInstanceOf(SlipwayException.class)
                    .isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class)
                    .hasMessageContaining(FILE);
        }
    }

    @Test
    void everyTruncationAndEveryAppendedByteIsRefused() {
        byte[] sealed = sealed();
        for (int length = 0; length < sealed.length; length++) {
            byte[] part = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> SealedJson.open(FILE, part, 1, 1))
                    .as("%s bytes", length)
                    .isInstanceOf(CorruptDataException.class);
        }
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
        longer[sealed.length] = '\n';
        assertThatThrownBy(() -> SealedJson.open(FILE, longer, 1, 1)).isInstanceOf(CorruptDataException.class);
    }

    @Test
    void anUnknownFormatVersionIsRefusedWithWhatCanBeRead() {
        byte[] sealed = SealedJson.seal(7, SealedJson.object());

        assertThatThrownBy(() -> SealedJson.open(FILE, sealed, 1, 3))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("7")
                .hasMessageContaining("1 to 3");
    }

    @Test
    void unknownFieldsAreIgnored() {
        byte[] sealed = SealedJson.seal(1, SealedJson.object().put("fromTheFuture", true));

        assertThat(SealedJson.open(FILE, sealed, 1, 1).has("name")).isFalse();
    }

    private static byte[] sealed() {
        ObjectNode content = SealedJson.object().put("name", "Zürich 🚢").put("count", 3);
        content.putArray("list").add("a").add("b");
        return SealedJson.seal(1, content);
    }
}
