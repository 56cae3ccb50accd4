package io.slipway.batch.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.table.TableSchemas.Origin;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows encode to what the codecs of the model make of the same rows as Avro's generic records. */
class EncodingTest {

    private static final int ROWS = 300;
    private static final List<Schema.Type> TYPES = List.of(
            Schema.Type.STRING,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE,
            Schema.Type.BOOLEAN);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsEncodeAsTheCodecsDo(long seed) throws IOException {
        Random random = new Random(seed);
        List<Schema> types = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < 2 + random.nextInt(6); i++) {
            Schema type = Schema.create(TYPES.get(random.nextInt(TYPES.size())));
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
                row[j] = mayBeNull && random.nextInt(4) == 0
                        ? null
                        : random(types.get(j).getType(), random);
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
    }

    private static Object random(Schema.Type type, Random random) {
        return switch (type) {
            case STRING -> text(random);
            case INT -> random.nextInt();
            case LONG -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(100);
            case FLOAT -> random.nextFloat() - 0.5f;
            case DOUBLE -> random.nextBoolean() ? random.nextGaussian() * 1e9 : random.nextInt(1000) / 100.0;
            default -> random.nextBoolean();
        };
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
                if (row[i] instanceof String field) {
                    text.append('"').append(field.replace("\"", "\"\"")).append('"');
                } else if (row[i] != null) {
                    text.append(row[i]);
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
                object.putPOJO(fields.get(i).name(), row[i]);
            }
            text.append(mapper.writeValueAsString(object)).append('\n');
        }
        return Files.writeString(folder.resolve("rows.jsonl"), text);
    }
}
