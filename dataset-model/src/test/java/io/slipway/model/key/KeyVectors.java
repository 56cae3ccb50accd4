package io.slipway.model.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** The test vectors of {@code spec/key-encoding.md}, which other languages check themselves against as well. */
public final class KeyVectors {

    private static final Path FILE =
            Path.of(System.getProperty("slipway.home", ".."), "spec", "key-encoding-vectors.json");

    private KeyVectors() {}

    /** One of the file's lists. */
    public static Stream<JsonNode> list(String name) {
        return StreamSupport.stream(field(name).spliterator(), false);
    }

    /** One of the file's fields. */
    public static JsonNode field(String name) {
        try {
            return new ObjectMapper().readTree(FILE.toFile()).required(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a hex field of a vector. */
    public static byte[] hex(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.required(field).textValue());
    }

    /** The schema of a vector. */
    public static Schema schema(JsonNode schema) {
        return new Schema.Parser().parse(schema.toString());
    }
}
