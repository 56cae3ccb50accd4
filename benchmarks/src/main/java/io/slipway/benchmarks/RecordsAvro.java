package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * Makes an uncompressed Avro file of {@link MadeRecords}, with the fields {@code id} and {@code v}. Usage: {@code
 * RecordsAvro RECORDS [next] FILE}. The next day's file lacks one record of a hundred, has another value for five of a
 * hundred, and as many new ones as it lacks.
 */
public final class RecordsAvro {

    private static final int SYNC_BYTES = 1 << 18;
    private static final int GONE_OF = 100;
    private static final int CHANGED_OF = 20;

    private RecordsAvro() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        boolean next = args[1].equals("next");
        Schema schema = SchemaBuilder.record("Made")
                .fields()
                .requiredString("id")
                .requiredString("v")
                .endRecord();
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.setSyncInterval(SYNC_BYTES)
                    .create(schema, Path.of(args[args.length - 1]).toFile());
            GenericRecord record = new GenericData.Record(schema);
            for (long i = 0; i < count; i++) {
                boolean gone = next && i % GONE_OF == 0;
                MadeRecords.fill(gone ? i + count : i, line);
                if (next && i % CHANGED_OF == 1) {
                    line[MadeRecords.KEY_BYTES] = 'X';
                }
                record.put("id", text(line, 0, MadeRecords.KEY_BYTES));
                record.put("v", text(line, MadeRecords.KEY_BYTES, MadeRecords.VALUE_BYTES));
                out.append(record);
            }
        }
    }

    private static Utf8 text(byte[] line, int start, int length) {
        return new Utf8(new String(line, start, length, StandardCharsets.US_ASCII));
    }
}
