package io.slipway.batch.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.Source;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files with one JSON object a line (UTF-8, plain or compressed, see {@link Compression}). Blank lines are left out. Folders
 * called {@code field=value} are further fields, see {@link FolderColumns}. Immutable. */
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

    /**
     * A folder of files with one JSON object a line, in the form that lookups answer with: times in ISO 8601, bytes in
     * Base64, an absent value as null, and numbers that JSON has not as {@code "NaN"} and the like. What is written can
     * be read again by {@link #as} as it was, but for the sign of −0.0.
     */
    public static FileSink<Object> to(Path folder) {
        return FileSink.of(folder, WrittenFormat.JSON_LINES);
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
        return new LineSource<>(
                paths,
                FileSource.Folders.COLUMNS,
                policy,
                () -> type,
                file -> parser(file, (line, object) -> JsonBinder.bind(type, object)));
    }

    /** As rows of JSON. */
    public Source<JsonRow> rows() {
        return new LineSource<>(
                paths,
                FileSource.Folders.COLUMNS,
                policy,
                JsonLines::noType,
                file -> parser(file, (line, object) -> new JsonRow(line.lines(), line.count(), object)));
    }

    /** Makes something of the object in a line. */
    private interface Mapper<T> {

        T map(LineReader line, ObjectNode object) throws BadValueException;
    }

    private static <T> LineParser<T> parser(Path file, Mapper<T> mapper) {
        FolderColumns folders = FolderColumns.of(file);
        return line -> {
            if (line.isBlank()) {
                return Optional.empty();
            }
            ObjectNode object = line.parsed(JsonLines::parse);
            addFolders(line, object, folders);
            return Optional.of(mapper.map(line, object));
        };
    }

    private static void addFolders(LineReader line, ObjectNode object, FolderColumns folders) {
        for (int i = 0; i < folders.names().size(); i++) {
            String name = folders.names().get(i);
            if (object.has(name)) {
                throw new InvalidInputException(
                        "Line " + line.lines().line(line.count()) + ": " + folders.inBoth(name));
            }
            object.set(
                    name, folders.values().get(i).<JsonNode>map(FolderText::new).orElse(NullNode.getInstance()));
        }
    }

    private static ObjectNode parse(byte[] text, int offset, int length) throws BadValueException {
        try {
            if (READER.readValue(text, offset, length) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw notJson(e);
        }
        throw new BadValueException("it is JSON, but not an object.", null);
    }

    private static BadValueException notJson(IOException e) {
        if (!(e instanceof JsonProcessingException syntax)) {
            throw new UncheckedIOException(e);
        }
        String place = syntax.getLocation() == null
                ? ""
                : " (column " + syntax.getLocation().getColumnNr() + ")";
        return new BadValueException("it is not JSON: " + syntax.getOriginalMessage() + place + ".", e);
    }

    private static <T> Type<T> noType() {
        throw new InvalidInputException(
                "Rows of JSON cannot be shuffled or published as they are. Map them to a record first.");
    }
}
