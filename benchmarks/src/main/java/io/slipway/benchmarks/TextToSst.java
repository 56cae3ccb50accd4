package io.slipway.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** Writes sorted lines of {@link RecordLines} from standard input, by {@link BareSst}. Usage: {@code TextToSst FILE}. */
public final class TextToSst {

    private static final int BUFFER_BYTES = 1 << 20;

    private TextToSst() {}

    /** Writes the file. */
    public static void main(String[] args) throws IOException, RocksDBException {
        try (InputStream in = new BufferedInputStream(System.in, BUFFER_BYTES);
                BareSst sst = new BareSst(Path.of(args[0]))) {
            byte[] line = new byte[MadeRecords.LINE_BYTES];
            while (in.readNBytes(line, 0, line.length) == line.length) {
                sst.put(line);
                in.skipNBytes(1);
            }
            sst.finish();
        }
    }
}
