package io.slipway.benchmarks;

import io.slipway.model.value.ValueCodec;
import io.slipway.model.value.ValueJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Puts {@link UserRecords} into Redis, each value as the JSON that a node of Slipway's replies with. Usage: {@code
 * UsersRedis small|wide RECORDS PORT}.
 */
public final class UsersRedis {

    private static final int BATCH = 1000;

    private UsersRedis() {}

    /** Puts them. */
    public static void main(String[] args) throws IOException {
        UserRecords users = UserRecords.valueOf(args[0].toUpperCase(Locale.ROOT));
        long records = Long.parseLong(args[1]);
        Schema schema = valueSchema(users.schema());
        ValueCodec codec = ValueCodec.of(schema);
        ValueJson json = ValueJson.of(schema);
        try (RedisConnection redis = new RedisConnection(Integer.parseInt(args[2]))) {
            for (long next = 0; next < records; next += BATCH) {
                long end = Math.min(records, next + BATCH);
                for (long i = next; i < end; i++) {
                    byte[] value = codec.encode(value(users.record(i, 1), schema));
                    redis.sendSet(UserRecords.key(i).getBytes(StandardCharsets.US_ASCII), json.toJson(value));
                }
                redis.flush();
                for (long i = next; i < end; i++) {
                    redis.receiveOk();
                }
            }
        }
    }

    /** The schema without the key. */
    private static Schema valueSchema(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .skip(1)
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), null, null, false, fields);
    }

    private static GenericRecord value(GenericRecord record, Schema schema) {
        GenericRecord value = new GenericData.Record(schema);
        schema.getFields().forEach(field -> value.put(field.pos(), record.get(field.name())));
        return value;
    }
}
