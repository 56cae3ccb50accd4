package io.slipway.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Makes a text file of {@link MadeRecords}, key and value of each on a line. Usage: {@code RecordLines RECORDS FILE}. */
public final class RecordLines {

    private static final int BUFFER_BYTES = 1 << 20;

    private RecordLines() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        byte[] ended = new byte[MadeRecords.LINE_BYTES + 1];
        Arrays.fill(ended, (byte) '\n');
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[1])), BUFFER_BYTES)) {
            for (long i = 0; i < count; i++) {
                MadeRecords.fill(i, line);
                System.arraycopy(line, 0, ended, 0, line.length);
                out.write(ended);
            }
        }
    }
}
