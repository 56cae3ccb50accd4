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
 * RecordsAvro RECORDS [[changes] DAY] FILE}, where {@code DAY} is one of {@link MadeDay#later}. Of its changes only, the
 * third field, {@code gone}, says which records are gone.
 */
public final class RecordsAvro {

    private static final int SYNC_BYTES = 1 << 18;
    private static final Schema RECORD = SchemaBuilder.record("Made")
            .fields()
            .requiredString("id")
            .requiredString("v")
            .endRecord();
    private static final Schema CHANGE = SchemaBuilder.record("Made")
            .fields()
            .requiredString("id")
            .requiredString("v")
            .requiredBoolean("gone")
            .endRecord();

    private final DataFileWriter<GenericRecord> out;
    private final MadeDay day;
    private final byte[] line = new byte[MadeRecords.LINE_BYTES];
    private final GenericRecord record;

    private RecordsAvro(DataFileWriter<GenericRecord> out, MadeDay day, Schema schema) {
        this.out = out;
        this.day = day;
        this.record = new GenericData.Record(schema);
    }

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        boolean changesOnly = args[1].equals("changes");
        MadeDay day = args.length == 2 ? MadeDay.first(count) : MadeDay.later(args[args.length - 2], count);
        Schema schema = changesOnly ? CHANGE : RECORD;
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.setSyncInterval(SYNC_BYTES)
                    .create(schema, Path.of(args[args.length - 1]).toFile());
            RecordsAvro writer = new RecordsAvro(out, day, schema);
            if (changesOnly) {
                writer.writeChanges();
            } else {
                writer.writeAll();
            }
        }
    }

    private void writeAll() throws IOException {
        for (long i = 0; i < day.records(); i++) {
            write(day.isGone(i) ? day.replacement(i) : i);
        }
    }

    private void writeChanges() throws IOException {
        for (long i = 0; i < day.records(); i++) {
            if (day.isGone(i)) {
                record.put("gone", true);
                write(i);
                record.put("gone", false);
                write(day.replacement(i));
            } else if (day.isChanged(i)) {
                record.put("gone", false);
                write(i);
            }
        }
    }

    private void write(long number) throws IOException {
        day.fill(number, line);
        record.put("id", text(0, MadeRecords.KEY_BYTES));
        record.put("v", text(MadeRecords.KEY_BYTES, MadeRecords.VALUE_BYTES));
        out.append(record);
    }

    private Utf8 text(int start, int length) {
        return new Utf8(new String(line, start, length, StandardCharsets.US_ASCII));
    }
}
