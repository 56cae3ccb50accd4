package io.slipway.sst;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

class EntryMemoryTest {

    @TempDir
    private Path folder;

    @Test
    void entriesOfEverySizeArriveAsTheyWere() throws RocksDBException {
        int[] valueSizes = {0, 1, 16 << 10, (16 << 10) + 1, 3, 100_000, 0, 7};
        int[] keySizes = {1, 4 << 10, (4 << 10) + 1, 2, 70_000, 3};
        Random random = new Random(11);
        List<String> expected = new ArrayList<>();
        Path file = folder.resolve("entries.sst");
        try (EnvOptions env = new EnvOptions();
                Options options = SstFormat.fileOptions();
                SstFileWriter sst = new SstFileWriter(env, options);
                EntryMemory memory = new EntryMemory()) {
            sst.open(file.toString());
            for (int i = 0; i < 60; i++) {
                byte[] key = String.format("%-" + (2 + keySizes[i % keySizes.length]) + "s", (char) ('0' + i))
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] value = new byte[valueSizes[i % valueSizes.length]];
                random.nextBytes(value);
                memory.put(sst, key, value);
                expected.add(text(key, value));
            }
            sst.finish();
        }

        List<String> found = new ArrayList<>();
        SstRecords.forEach(file, (key, value) -> found.add(text(key, value)));
        assertThat(found).isEqualTo(expected);
    }

    private static String text(byte[] key, byte[] value) {
        return new String(key, StandardCharsets.ISO_8859_1) + "=" + new String(value, StandardCharsets.ISO_8859_1);
    }
}
