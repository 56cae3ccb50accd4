package io.slipway.batch.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.Source;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files with one JSON object a line (UTF-8, plain or gzip). Blank lines are left out. Immutable. */
public final class JsonLines {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final List<Path> paths;
    private final BadRecords policy;

    private JsonLines(List<Path> paths, BadRecords policy) {
        this.paths = List.copyOf(paths);
        this.policy = policy;
    }

    /** Files, folders (all visible files in them, sorted) or globs. */
    public static JsonLines files(List<Path> paths) {
        return new JsonLines(paths, BadRecords.FAIL);
    }

    /** With another way to handle lines that do not fit than to fail. */
    public JsonLines onBadRecord(BadRecords badRecords) {
        return new JsonLines(paths, badRecords);
    }

    /**
     * As Java records whose components are fields of the same names; other fields are left out. A missing field or a
     * null is allowed in {@code Optional} components only.
     *
     * @throws InvalidInputException if the class cannot be read from JSON
     */
    public <T> Source<T> as(Class<T> record) {
        if (!(Type.of(record) instanceof RecordType<T> type)) {
            throw new InvalidInputException(record.getName() + " is not a record. Give a Java record.");
        }
        return new LineSource<>(paths, policy, () -> type, () -> line -> {
            String text = line.text();
            if (text.isBlank()) {
                return Optional.empty();
            }
            return Optional.of(JsonBinder.bind(type, parse(text)));
        });
    }

    /** As rows of JSON. */
    public Source<JsonRow> rows() {
        return new LineSource<>(paths, policy, JsonLines::noType, () -> line -> {
            String text = line.text();
            if (text.isBlank()) {
                return Optional.empty();
            }
            return Optional.of(new JsonRow(line.lines(), line.count(), parse(text)));
        });
    }

    private static ObjectNode parse(String text) throws BadValueException {
        try {
            if (READER.readValue(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
            throw new BadValueException("it is not JSON: " + e.getOriginalMessage() + place + ".", e);
        }
        throw new BadValueException("it is JSON, but not an object.", null);
    }

    private static <T> Type<T> noType() {
        throw new InvalidInputException(
                "Rows of JSON cannot be shuffled or published as they are. Map them to a record first.");
    }
}
