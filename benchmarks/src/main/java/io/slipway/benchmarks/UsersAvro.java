package io.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Makes an uncompressed Avro file of {@link UserRecords}. Usage: {@code UsersAvro small|wide RECORDS VERSION FILE}. */
public final class UsersAvro {

    private static final int SYNC_BYTES = 1 << 18;

    private UsersAvro() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        UserRecords users = UserRecords.valueOf(args[0].toUpperCase(Locale.ROOT));
        long records = Long.parseLong(args[1]);
        long version = Long.parseLong(args[2]);
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(users.schema()))) {
            out.setSyncInterval(SYNC_BYTES)
                    .create(users.schema(), Path.of(args[3]).toFile());
            for (long i = 0; i < records; i++) {
                out.append(users.record(i, version));
            }
        }
    }
}
