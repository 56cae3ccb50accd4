package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.table.TableSchemas.Origin;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows encode to what the codecs of the model make of the same rows as Avro's generic records. */
class EncodingTest {

    private static final int ROWS = 300;
    private static final List<Schema> KEY_TYPES = Stream.of(
                    ColumnType.STRING,
                    ColumnType.INT,
                    ColumnType.LONG,
                    ColumnType.FLOAT,
                    ColumnType.DOUBLE,
                    ColumnType.BOOLEAN,
                    ColumnType.BYTES,
                    ColumnType.UUID,
                    ColumnType.DATE,
                    ColumnType.TIMESTAMP,
                    ColumnType.TIMESTAMP_MICROS)
            .map(ColumnType::schema)
            .toList();
    private static final List<Schema> MORE_TYPES = List.of(
            ColumnType.decimal(38, 9).schema(),
            LogicalTypes.decimal(9, 2).addToSchema(Schema.createFixed("Price", null, null, 4)),
            Schema.createFixed("Hash", null, null, 5));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsEncodeAsTheCodecsDo(long seed) throws IOException {
        Random random = new Random(seed);
        List<Schema> types = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(6); i++) {
            List<Schema> choice = i >= 2 && random.nextInt(3) == 0 ? MORE_TYPES : KEY_TYPES;
            Schema type = choice.get(random.nextInt(choice.size()));
            types.add(type);
            fields.add(Fields.of("f" + i, random.nextInt(3) == 0 ? Fields.optional(type) : type));
        }
        int keyFields = 1 + random.nextInt(2);
        List<String> keyNames = keyFields == 1 ? List.of("f0") : List.of("f0", "f1");
        Schema key = keyFields == 1
                ? types.get(0)
                : Schema.createRecord(
                        "Key",
                        null,
                        null,
                        false,
                        List.of(new Schema.Field("f0", types.get(0)), new Schema.Field("f1", types.get(1))));
        Schema value = Schema.createRecord("Value", null, null, false, fields);
        TableSpec spec = TableSpec.withKey(keyNames).withValue(Fields.names(value));
        TableSchemas schemas = new TableSchemas(key, value, Origin.GIVEN, Set.of());

        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Object[] row = new Object[fields.size()];
            for (int j = 0; j < row.length; j++) {
                boolean mayBeNull = j >= keyFields && fields.get(j).schema().isUnion();
                row[j] = mayBeNull && random.nextInt(4) == 0 ? null : random(types.get(j), random);
            }
            rows.add(row);
        }

        List<Encoded.Pair> fromCsv = Encoded.csv(List.of(csv(fields, rows)), spec, schemas);
        List<Encoded.Pair> fromJson = Encoded.json(List.of(json(fields, rows)), spec, schemas);
        assertThat(fromCsv).hasSize(ROWS);
        assertThat(fromJson).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            Object[] row = rows.get(i);
            byte[] expectedKey = KeyCodec.of(key).encode(keyFields == 1 ? row[0] : List.of(row[0], row[1]));
            byte[] expectedValue = ValueCodec.of(value).encode(generic(value, row));
            assertThat(fromCsv.get(i).key()).as("key of row %d", i).isEqualTo(expectedKey);
            assertThat(fromCsv.get(i).value()).as("value of row %d", i).isEqualTo(expectedValue);
            assertThat(fromJson.get(i).key()).as("key of row %d", i).isEqualTo(expectedKey);
            assertThat(fromJson.get(i).value()).as("value of row %d", i).isEqualTo(expectedValue);
        }
        List<Encoded.Pair> fromReplies = Encoded.json(List.of(replies(value, fromJson)), spec, schemas);
        assertThat(fromReplies).usingRecursiveComparison().isEqualTo(fromJson);
    }

    /** The values as lookups give them in JSON. */
    private Path replies(Schema value, List<Encoded.Pair> pairs) throws IOException {
        ValueJson json = ValueJson.of(value);
        List<String> lines = pairs.stream()
                .map(pair -> new String(json.toJson(pair.value()), StandardCharsets.UTF_8))
                .toList();
        return Files.write(folder.resolve("replies.jsonl"), lines);
    }

    private static Object random(Schema schema, Random random) {
        LogicalType meaning = schema.getLogicalType();
        if (meaning instanceof LogicalTypes.Decimal decimal) {
            BigInteger unscaled = new BigInteger(random.nextInt(decimal.getPrecision() * 3), random);
            return fixedOrBytes(schema, (random.nextBoolean() ? unscaled : unscaled.negate()).toByteArray());
        }
        if (meaning instanceof LogicalTypes.Uuid) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
        boolean isTime = meaning != null && schema.getType() == Schema.Type.LONG;
        return switch (schema.getType()) {
            case STRING -> text(random);
            case INT -> meaning == null ? random.nextInt() : random.nextInt(40_000) - 20_000;
            case LONG -> isTime || random.nextBoolean() ? random.nextLong() / 100_000 : (long) random.nextInt(100);
            case FLOAT -> random.nextFloat() - 0.5f;
            case DOUBLE -> random.nextBoolean() ? random.nextGaussian() * 1e9 : random.nextInt(1000) / 100.0;
            case BYTES, FIXED -> fixedOrBytes(schema, text(random).getBytes(StandardCharsets.UTF_8));
            default -> random.nextBoolean();
        };
    }

    private static Object fixedOrBytes(Schema schema, byte[] bytes) {
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(bytes);
        }
        byte[] fixed = new byte[schema.getFixedSize()];
        byte sign = (byte) (bytes.length > 0 && bytes[0] < 0 ? -1 : 0);
        for (int i = 0; i < fixed.length; i++) {
            int from = bytes.length - fixed.length + i;
            fixed[i] = from < 0 ? sign : bytes[from];
        }
        return new GenericData.Fixed(schema, fixed);
    }

    /** How people write a value. */
    private static Object written(Schema schema, Object value) {
        LogicalType meaning = schema.getLogicalType();
        if (meaning instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(new BigInteger(bytes(value)), decimal.getScale());
        }
        if (meaning instanceof LogicalTypes.Date) {
            return LocalDate.ofEpochDay((int) value).toString();
        }
        if (meaning instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli((long) value).toString();
        }
        if (meaning instanceof LogicalTypes.TimestampMicros) {
            return Instant.EPOCH.plus((long) value, ChronoUnit.MICROS).toString();
        }
        boolean isBytes = schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED;
        return isBytes ? Base64.getEncoder().encodeToString(bytes(value)) : value;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof GenericData.Fixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String text(Random random) {
        int[] alphabet = {'a', 'b', ',', '"', '\n', ' ', 0, 1, 0xff, 'é', 0x1f600, '\\'};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static GenericData.Record generic(Schema schema, Object[] row) {
        GenericData.Record record = new GenericData.Record(schema);
        for (int i = 0; i < row.length; i++) {
            record.put(i, row[i]);
        }
        return record;
    }

    private Path csv(List<Schema.Field> fields, List<Object[]> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(String.join(",", fields.stream().map(Schema.Field::name).toList()));
        for (Object[] row : rows) {
            text.append('\n');
            for (int i = 0; i < row.length; i++) {
                text.append(i == 0 ? "" : ",");
                Object written = row[i] == null
                        ? ""
                        : written(Fields.withoutNull(fields.get(i).schema()), row[i]);
                if (written instanceof String field && row[i] != null) {
                    text.append('"').append(field.replace("\"", "\"\"")).append('"');
                } else {
                    text.append(written);
                }
            }
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    private Path json(List<Schema.Field> fields, List<Object[]> rows) throws IOException {
        JsonMapper mapper = new JsonMapper();
        StringBuilder text = new StringBuilder();
        for (Object[] row : rows) {
            ObjectNode object = mapper.createObjectNode();
            for (int i = 0; i < row.length; i++) {
                Schema type = Fields.withoutNull(fields.get(i).schema());
                object.putPOJO(fields.get(i).name(), row[i] == null ? null : written(type, row[i]));
            }
            text.append(mapper.writeValueAsString(object)).append('\n');
        }
        return Files.writeString(folder.resolve("rows.jsonl"), text);
    }
}
