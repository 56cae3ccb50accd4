package io.slipway.model.key;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.JsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Encodes keys so that unsigned lexicographic order of the bytes is the order of the keys, and back. Implements
 * {@code spec/key-encoding.md}. Immutable and thread-safe.
 *
 * <p>A key that is not a record is its plain encoding. A record key is its fields' encodings one after the other:
 * fields of a fixed width plain, the others escaped and terminated,
 *
 * <pre>
 *   00 → 00 FF      end of field → 00 01
 * </pre>
 *
 * so that the order is field by field and a prefix of fields is a prefix of bytes.
 */
public final class KeyCodec {

    private static final int ESCAPE = 0x00;
    private static final int ESCAPED_ZERO = 0xff;
    private static final int TERMINATOR = 0x01;
    private static final int END_BYTES = 2;

    private final Schema schema;
    private final List<KeyField> fields;

    private KeyCodec(Schema schema, List<KeyField> fields) {
        this.schema = schema;
        this.fields = fields;
    }

    /**
     * The codec of a key schema: one of the types that a key may have, or a record of such.
     *
     * @throws InvalidInputException if the schema cannot be of a key
     */
    public static KeyCodec of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            return new KeyCodec(schema, List.of(new KeyField("key", schema)));
        }
        if (schema.getFields().isEmpty()) {
            throw new InvalidInputException("The key schema " + schema.getFullName() + " has no fields. Give it one.");
        }
        return new KeyCodec(
                schema,
                schema.getFields().stream()
                        .map(field -> new KeyField(field.name(), field.schema()))
                        .toList());
    }

    /** The key schema. */
    public Schema schema() {
        return schema;
    }

    /** The fields of a record key in order, or the one field that another key consists of. */
    public List<KeyField> fields() {
        return fields;
    }

    /** Whether the key is a record, so that it is given as one value per field. */
    public boolean isRecord() {
        return schema.getType() == Schema.Type.RECORD;
    }

    /**
     * What makes keys of one codec fit another: the names and types of a record key's fields, or the type of another key.
     * Keys of equal shape have the same bytes.
     */
    public List<String> shape() {
        return fields.stream()
                .map(field -> isRecord() ? field.name() + ": " + field.typeName() : field.typeName())
                .toList();
    }

    /**
     * Encodes a key.
     *
     * @param key for a record key an {@link IndexedRecord} or a {@link List} of its fields' values, else the value
     * @throws InvalidInputException if the key is not of the schema, is or has a null, or is or has a NaN
     */
    public byte[] encode(Object key) {
        KeyBytes out = new KeyBytes();
        append(key, out);
        return out.copyFrom(0);
    }

    /** As {@link #encode}, appended to a buffer; after an exception the buffer has to be reset. */
    public void append(Object key, KeyBytes out) {
        for (int i = 0; i < fields.size(); i++) {
            append(fields.get(i), fields.get(i).canonical(isRecord() ? fieldOf(key, i) : key), out);
        }
    }

    /**
     * Encodes a key given as text, as in a URL or on a command line: numbers in decimal, booleans as {@code true} and
     * {@code false}, bytes and fixed in Base64 (either alphabet).
     *
     * @param texts one text for each field; for a record key also fewer, which gives the prefix that all keys with
     *     these first fields share
     * @throws InvalidInputException if there are none or too many, or one is not of its field's type
     */
    public byte[] encodeText(List<String> texts) {
        checkCount(texts.size());
        return encodeFields(IntStream.range(0, texts.size())
                .mapToObj(i -> fields.get(i).parse(texts.get(i)))
                .toList());
    }

    /**
     * Encodes a key given as JSON: an array of the fields' values for a record key, else the value. Strings are JSON
     * strings, bytes and fixed Base64 in a JSON string, the others JSON numbers and booleans; infinities the strings
     * {@code "Infinity"} and {@code "-Infinity"}.
     *
     * @throws InvalidInputException if the JSON is not of the key's shape or types
     */
    public byte[] encodeJson(JsonNode json) {
        if (!isRecord()) {
            return encodeFields(List.of(fields.get(0).parse(json)));
        }
        if (!json.isArray() || json.size() != fields.size()) {
            throw new InvalidInputException("The key " + json + " is not an array of the " + fields.size() + " values "
                    + names() + ". Give one.");
        }
        return encodeFields(IntStream.range(0, json.size())
                .mapToObj(i -> fields.get(i).parse(json.get(i)))
                .toList());
    }

    /**
     * As {@link #encodeJson} of the value that a parser is at, appended to a buffer. Afterwards the parser is at the last
     * token of the value; after an exception parser and buffer are of no use.
     *
     * @throws InvalidInputException if the JSON is not of the key's shape or types
     * @throws IOException if what the parser reads is not JSON
     */
    public void appendJson(JsonParser json, KeyBytes out) throws IOException {
        if (!isRecord()) {
            KeyTokens.append(fields.get(0), json, out);
            return;
        }
        boolean fits = json.currentToken() == JsonToken.START_ARRAY;
        for (int i = 0; fits && i < fields.size(); i++) {
            fits = json.nextToken() != JsonToken.END_ARRAY;
            if (fits) {
                int start = out.length();
                KeyTokens.append(fields.get(i), json, out);
                endField(fields.get(i), start, out);
            }
        }
        if (!fits || json.nextToken() != JsonToken.END_ARRAY) {
            throw new InvalidInputException(
                    "The key is not an array of the " + fields.size() + " values " + names() + ". Give one.");
        }
    }

    /**
     * Encodes what a range of keys has in common, given as text: of a record key its first fields, of another the
     * beginning of its text or of its bytes.
     *
     * @param texts of a record key one text for each field, at least one; else one
     * @throws InvalidInputException if there are too many or none, one is not of its field's type, or the key is a number
     *     or a boolean
     */
    public byte[] encodePrefix(List<String> texts) {
        if (isRecord()) {
            return encodeText(texts);
        }
        checkCount(texts.size());
        requirePrefixes();
        return encodeFields(List.of(fields.get(0).parsePrefix(texts.get(0))));
    }

    /**
     * The same, given as values.
     *
     * @throws InvalidInputException likewise
     */
    public byte[] encodePrefixOf(List<?> values) {
        if (!isRecord()) {
            requirePrefixes();
        }
        return encodeFirst(values);
    }

    /**
     * Encodes the bound of a range: a key, or of a record key its first fields, which is less than all keys that begin with
     * them.
     *
     * @param values of a record key one for each field, at least one; else one
     * @throws InvalidInputException if there are too many or none, or one is not of its field's type
     */
    public byte[] encodeFirst(List<?> values) {
        checkCount(values.size());
        KeyBytes out = new KeyBytes();
        for (int i = 0; i < values.size(); i++) {
            append(fields.get(i), fields.get(i).canonical(values.get(i)), out);
        }
        return out.copyFrom(0);
    }

    private void requirePrefixes() {
        KeyField field = fields.get(0);
        if (field.type() != KeyType.STRING && field.type() != KeyType.BYTES) {
            throw new InvalidInputException("The key is of type " + field.typeName()
                    + ", and only texts, bytes and records have prefixes. Give a range: from and to.");
        }
    }

    /**
     * Decodes a key into one value per field: {@code String}, {@code byte[]}, {@code Integer}, {@code Long}, {@code
     * Boolean}, {@code Float} or {@code Double}.
     *
     * @throws CorruptDataException if the bytes are not an encoded key of this schema
     */
    public List<Object> decode(byte[] key) {
        List<Object> values = new ArrayList<>(fields.size());
        int at = 0;
        for (KeyField field : fields) {
            int end = fieldEnd(field, key, at, key.length);
            values.add(decodeField(field, key, at, end));
            at = end;
        }
        if (at != key.length) {
            throw damaged(key, at, "the end of the key");
        }
        return values;
    }

    /** The JSON form of an encoded key, as {@link #encodeJson} takes it. */
    public JsonNode toJson(byte[] key) {
        List<Object> values = decode(key);
        if (!isRecord()) {
            return json(fields.get(0), values.get(0));
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < values.size(); i++) {
            array.add(json(fields.get(i), values.get(i)));
        }
        return array;
    }

    /**
     * Writes the JSON form of the encoded key that is a range of an array.
     *
     * @throws CorruptDataException if the bytes are not an encoded key of this schema
     */
    public void writeJson(byte[] key, int offset, int length, JsonBytes out) {
        int at = offset;
        int limit = offset + length;
        for (int i = 0; i < fields.size(); i++) {
            KeyField field = fields.get(i);
            int end = fieldEnd(field, key, at, limit);
            if (isRecord()) {
                out.raw(i == 0 ? '[' : ',');
            }
            if (field.type() == KeyType.STRING && !(isRecord() && hasEscape(key, at, end - END_BYTES))) {
                out.string(key, at, end - at - (isRecord() ? END_BYTES : 0));
            } else {
                writeJson(field.type(), decodeField(field, key, at, end), out);
            }
            at = end;
        }
        if (at != limit) {
            throw damaged(key, at, "the end of the key");
        }
        if (isRecord()) {
            out.raw(']');
        }
    }

    private static void writeJson(KeyType type, Object value, JsonBytes out) {
        switch (type) {
            case INT -> out.number((long) (int) value);
            case LONG -> out.number((long) value);
            case FLOAT -> out.number((float) value);
            case DOUBLE -> out.number((double) value);
            case BOOLEAN -> out.raw(value.toString());
            case STRING, BYTES -> out.string(type.text(value));
        }
    }

    private static boolean hasEscape(byte[] key, int from, int end) {
        for (int at = from; at < end; at++) {
            if (key[at] == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    /** An encoded key as people read it in a message: its fields' text forms. */
    public String describe(byte[] key) {
        List<Object> values = decode(key);
        return IntStream.range(0, values.size())
                .mapToObj(i -> fields.get(i).type().text(values.get(i)))
                .collect(Collectors.joining(", "));
    }

    /**
     * How many bytes of an encoded key its first fields take.
     *
     * @param key an array that holds the key from {@code offset} on, {@code length} bytes
     * @param count how many fields
     * @throws CorruptDataException if the bytes are not an encoded key of this schema
     */
    public int prefixLength(byte[] key, int offset, int length, int count) {
        int at = offset;
        for (int i = 0; i < count; i++) {
            at = fieldEnd(fields.get(i), key, at, offset + length);
        }
        return at - offset;
    }

    private Object fieldOf(Object key, int i) {
        if (key instanceof IndexedRecord record
                && record.getSchema().getFields().size() == fields.size()) {
            return record.get(i);
        }
        if (key instanceof List<?> list && list.size() == fields.size()) {
            return list.get(i);
        }
        throw new InvalidInputException(
                "The key " + key + " does not have the " + fields.size() + " fields " + names() + ".");
    }

    private void checkCount(int given) {
        if (given < 1 || given > fields.size()) {
            throw new InvalidInputException("The key has " + fields.size() + " field"
                    + (fields.size() == 1 ? "" : "s") + " " + names() + ", and " + given
                    + " were given. Give one value for each.");
        }
    }

    private String names() {
        return fields.stream().map(KeyField::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private byte[] encodeFields(List<Object> values) {
        KeyBytes out = new KeyBytes();
        for (int i = 0; i < values.size(); i++) {
            append(fields.get(i), values.get(i), out);
        }
        return out.copyFrom(0);
    }

    private void append(KeyField field, Object canonical, KeyBytes out) {
        int start = out.length();
        field.type().encode(canonical, out);
        endField(field, start, out);
    }

    private void endField(KeyField field, int start, KeyBytes out) {
        if (isRecord() && field.width() < 0) {
            out.endField(start, ESCAPE, ESCAPED_ZERO, TERMINATOR);
        }
    }

    private int fieldEnd(KeyField field, byte[] key, int from, int limit) {
        if (field.width() >= 0) {
            if (from + field.width() > limit) {
                throw damaged(key, from, field.width() + " bytes of field " + field.name());
            }
            return from + field.width();
        }
        if (!isRecord()) {
            return limit;
        }
        for (int at = from; at + 1 < limit; at++) {
            if (key[at] == ESCAPE) {
                int next = key[++at] & 0xff;
                if (next == TERMINATOR) {
                    return at + 1;
                }
                if (next != ESCAPED_ZERO) {
                    throw damaged(key, at, "FF or 01 after 00");
                }
            }
        }
        throw damaged(key, limit, "the end of field " + field.name());
    }

    private Object decodeField(KeyField field, byte[] key, int from, int end) {
        try {
            return decodePlain(field, key, from, end);
        } catch (IllegalArgumentException e) {
            throw damaged(key, from, "a value of field " + field.name());
        }
    }

    private Object decodePlain(KeyField field, byte[] key, int from, int end) {
        if (!isRecord() || field.width() >= 0) {
            return field.type().decode(key, from, end - from);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(end - from);
        for (int at = from; at < end - 2; at++) {
            plain.write(key[at]);
            if (key[at] == ESCAPE) {
                at++;
            }
        }
        return field.type().decode(plain.toByteArray(), 0, plain.size());
    }

    private static CorruptDataException damaged(byte[] key, int at, String expected) {
        return new CorruptDataException(
                "An encoded key", "byte " + at, expected, HexFormat.of().formatHex(key));
    }

    private static JsonNode json(KeyField field, Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (field.type()) {
            case INT -> json.numberNode((int) value);
            case LONG -> json.numberNode((long) value);
            case FLOAT ->
                Float.isFinite((float) value) ? json.numberNode((float) value) : json.textNode(value.toString());
            case DOUBLE ->
                Double.isFinite((double) value) ? json.numberNode((double) value) : json.textNode(value.toString());
            case BOOLEAN -> json.booleanNode((boolean) value);
            case STRING, BYTES -> json.textNode(field.type().text(value));
        };
    }
}
