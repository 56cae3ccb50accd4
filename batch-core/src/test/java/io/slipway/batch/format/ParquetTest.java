package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Source;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {

    @TempDir
    private Path folder;

    @Test
    void eachRecordIsInExactlyOneSplit() throws IOException {
        Path file = write("in.parquet", "Row", CompressionCodecName.UNCOMPRESSED, 3000);
        List<Integer> all = IntStream.range(0, 3000).boxed().toList();
        for (long splitBytes : new long[] {500, 7777, 1 << 30}) {
            assertThat(numbers(file, splitBytes)).as("splits of %d", splitBytes).isEqualTo(all);
        }
        Source<GenericRecord> source = Parquet.files(List.of(file)).generic();
        long filled = source.splits(7777).stream()
                .filter(split -> {
                    Reading<GenericRecord> reading = new Reading<>();
                    try {
                        source.read(split, reading);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    return !reading.records.isEmpty();
                })
                .count();
        assertThat(filled).as("splits with records, so row groups").isGreaterThan(2);
    }

    @Test
    void compressedFilesAreRead() throws IOException {
        for (CompressionCodecName codec :
                List.of(CompressionCodecName.SNAPPY, CompressionCodecName.GZIP, CompressionCodecName.ZSTD)) {
            assertThat(numbers(write("in.parquet", "Row", codec, 100), 1 << 30))
                    .as(codec.name())
                    .hasSize(100);
        }
    }

    @Test
    void filesWithoutRecordsAreRead() throws IOException {
        assertThat(numbers(write("in.parquet", "Row", CompressionCodecName.SNAPPY, 0), 10))
                .isEmpty();
    }

    @Test
    void filesThatAreDamagedOrOfAnotherFormatAreRefused() throws IOException {
        refused(List.of(Files.createFile(folder.resolve("empty.parquet"))), "empty.parquet is empty");
        Path text = Files.writeString(folder.resolve("text.parquet"), "id,n\na,1\n");
        refused(List.of(text), "text.parquet is not a Parquet file");
        Path whole = write("whole.parquet", "Row", CompressionCodecName.UNCOMPRESSED, 3000);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        refused(List.of(cut), "cut.parquet is damaged");
        bytes[bytes.length / 2] ^= 0x10;
        refused(List.of(Files.write(folder.resolve("flipped.parquet"), bytes)), "flipped.parquet is damaged");
        Path other = write("other.parquet", "Other", CompressionCodecName.SNAPPY, 1);
        refused(List.of(whole, other), "The schema of " + other);
    }

    private void refused(List<Path> files, String part) {
        assertThatThrownBy(() -> Reading.all(Parquet.files(files).generic()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part);
    }

    private static List<Integer> numbers(Path file, long splitBytes) {
        return Reading.all(Parquet.files(List.of(file)).generic(), splitBytes).records.stream()
                .map(record -> (Integer) record.get("n"))
                .toList();
    }

    private Path write(String name, String record, CompressionCodecName codec, int count) throws IOException {
        Schema schema = SchemaBuilder.record(record)
                .fields()
                .requiredInt("n")
                .requiredString("text")
                .endRecord();
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withSchema(schema)
                .withDataModel(new GenericData())
                .withCompressionCodec(codec)
                .withRowGroupSize(10_000L)
                .withPageSize(1000)
                .build()) {
            for (int i = 0; i < count; i++) {
                GenericRecord row = new GenericData.Record(schema);
                row.put("n", i);
                row.put("text", "text of " + i);
                writer.write(row);
            }
        }
        return file;
    }
}
