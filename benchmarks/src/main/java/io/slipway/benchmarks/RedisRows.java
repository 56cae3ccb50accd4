package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes the records of a file of {@link RecordsAvro} into Redis, as a job would that writes rows. Usage: {@code RedisRows
 * PORT FILE BATCH}; of a batch all are sent before the first reply is awaited.
 */
public final class RedisRows {

    private RedisRows() {}

    /** Writes. */
    public static void main(String[] args) throws IOException {
        int batch = Integer.parseInt(args[2]);
        try (RedisConnection redis = new RedisConnection(Integer.parseInt(args[0]));
                DataFileReader<GenericRecord> rows =
                        new DataFileReader<>(Path.of(args[1]).toFile(), new GenericDatumReader<>())) {
            GenericRecord row = null;
            int waiting = 0;
            while (rows.hasNext()) {
                row = rows.next(row);
                redis.sendSet(bytes(row.get("id")), bytes(row.get("v")));
                if (++waiting == batch) {
                    receive(redis, waiting);
                    waiting = 0;
                }
            }
            receive(redis, waiting);
        }
    }

    private static void receive(RedisConnection redis, int count) throws IOException {
        redis.flush();
        for (int i = 0; i < count; i++) {
            redis.receiveOk();
        }
    }

    private static byte[] bytes(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
