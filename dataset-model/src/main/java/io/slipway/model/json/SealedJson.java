package io.slipway.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.CorruptDataException;
import io.slipway.model.UnsupportedFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JSON object that carries a checksum of itself as its last field:
 *
 * <pre>
 *   {
 *     "formatVersion" : 1,
 *     …,
 *     "checksum" : "…64 hex digits…"
 *   }
 * </pre>
 *
 * The checksum is the SHA-256 of all bytes of the document before the comma and line break that precede {@code
 * "checksum"}. Stateless.
 */
public final class SealedJson {

    private static final String CHECKSUM = "checksum";
    private static final String FORMAT_VERSION = "formatVersion";
    private static final byte[] TAIL_START = ",\n  \"checksum\" : \"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL_END = "\"\n}\n".getBytes(StandardCharsets.UTF_8);
    private static final int DIGITS = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter WRITER = MAPPER.writer(printer());

    private SealedJson() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The bytes of a document with its checksum. */
    public static byte[] seal(int formatVersion, ObjectNode content) {
        ObjectNode whole = object();
        whole.put(FORMAT_VERSION, formatVersion);
        whole.setAll(content);
        byte[] body = write(whole);
        int end = body.length - "\n}".length();
        byte[] digits = Sha256.hex(body, 0, end).getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(body, end + TAIL_START.length + DIGITS + TAIL_END.length);
        System.arraycopy(TAIL_START, 0, sealed, end, TAIL_START.length);
        System.arraycopy(digits, 0, sealed, end + TAIL_START.length, DIGITS);
        System.arraycopy(TAIL_END, 0, sealed, end + TAIL_START.length + DIGITS, TAIL_END.length);
        return sealed;
    }

    /**
     * Opens a sealed document.
     *
     * @param file the document's name, for messages
     * @param sealed its bytes
     * @param least the least format version that the caller reads
     * @param greatest the greatest
     * @return its fields
     * @throws CorruptDataException if it is not JSON of this form or the checksum does not agree
     * @throws UnsupportedFormatException if its format version is out of range
     */
    public static JsonFields open(String file, byte[] sealed, int least, int greatest) {
        JsonNode json = parse(file, sealed);
        JsonFields fields = new JsonFields(file, "", json);
        long version = fields.integer(FORMAT_VERSION);
        if (version < least || version > greatest) {
            throw new UnsupportedFormatException(file, version, least, greatest);
        }
        int end = sealed.length - TAIL_START.length - DIGITS - TAIL_END.length;
        if (end < 0 || !isAt(sealed, end, TAIL_START) || !isAt(sealed, sealed.length - TAIL_END.length, TAIL_END)) {
            throw new CorruptDataException(file, "its end", "a checksum as the last field", "something else");
        }
        String expected = fields.text(CHECKSUM);
        String found = Sha256.hex(sealed, 0, end);
        if (!expected.equals(found)) {
            throw new CorruptDataException(file, "whole file", "checksum " + expected, found);
        }
        return fields;
    }

    private static JsonNode parse(String file, byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new CorruptDataException(
                    file,
                    "line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    "it is not well-formed JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new CorruptDataException(file, "whole file", "it is not JSON", e);
        }
    }

    private static boolean isAt(byte[] bytes, int at, byte[] part) {
        return Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
    }

    private static byte[] write(ObjectNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree cannot be written", e);
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance())
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
    }
}
