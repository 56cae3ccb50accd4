package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Source;
import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroTest {

    private static final Schema ROW = row("Row");

    @TempDir
    private Path folder;

    @Test
    void eachRecordIsInExactlyOneSplit() throws IOException {
        Random random = new Random(17);
        for (int round = 0; round < 30; round++) {
            int count = random.nextInt(60);
            Path file = write("in.avro", ROW, CodecFactory.nullCodec(), count, 1 + random.nextInt(7));
            for (long splitBytes = 1; splitBytes < 120; splitBytes += 13) {
                assertThat(numbers(Avro.files(List.of(file)).generic(), splitBytes))
                        .as("%d records, splits of %d", count, splitBytes)
                        .isEqualTo(IntStream.range(0, count).boxed().toList());
            }
        }
    }

    @Test
    void allCodecsAreRead() throws IOException {
        for (CodecFactory codec : List.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(6),
                CodecFactory.bzip2Codec(),
                CodecFactory.snappyCodec(),
                CodecFactory.zstandardCodec(3))) {
            Path file = write("in.avro", ROW, codec, 1000, 100);
            assertThat(numbers(Avro.files(List.of(file)).generic(), 500))
                    .as(codec.toString())
                    .hasSize(1000);
        }
    }

    @Test
    void theBytesReadAreThoseOfTheFile() throws IOException {
        Path file = write("in.avro", ROW, CodecFactory.nullCodec(), 500, 20);
        for (long splitBytes : new long[] {300, 1000, 1 << 20}) {
            assertThat(Reading.all(Avro.files(List.of(file)).generic(), splitBytes).bytes)
                    .isGreaterThanOrEqualTo(Files.size(file));
        }
    }

    @Test
    void aFileThatEndsTooEarlyIsDamagedWhereverItEnds() throws IOException {
        Path whole = write("whole.avro", ROW, CodecFactory.nullCodec(), 20, 5);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.avro");
        List<Long> complete = blockEnds(whole);
        for (int length = 1; length < bytes.length; length++) {
            if (complete.contains((long) length)) {
                continue; // Nothing in the format tells that there were further blocks.
            }
            Files.write(cut, Arrays.copyOf(bytes, length));
            for (long splitBytes : new long[] {50, 1 << 20}) {
                assertThatThrownBy(() -> numbers(Avro.files(List.of(cut)).generic(), splitBytes))
                        .as("%d bytes of %d", length, bytes.length)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("cut.avro is ");
            }
        }
    }

    @Test
    void damageIsNamedWithFileAndPosition() throws IOException {
        Path file = write("in.avro", ROW, CodecFactory.deflateCodec(6), 100, 10);
        byte[] bytes = Files.readAllBytes(file);
        long second = blockEnds(file).get(1);
        bytes[(int) second + 20] ^= 0x55;
        Files.write(file, bytes);
        assertThatThrownBy(() -> numbers(Avro.files(List.of(file)).generic(), 1 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in.avro is damaged in")
                .hasMessageContaining("the block at byte " + second)
                .hasMessageContaining("Get it anew");
    }

    @Test
    void filesThatAreNotAvroAreRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.avro"));
        refused(empty, "empty.avro is empty");
        Path text = Files.writeString(folder.resolve("text.avro"), "id,n\na,1\n");
        refused(text, "text.avro is not an Avro data file");
        Path strings = folder.resolve("strings.avro");
        Schema string = Schema.create(Schema.Type.STRING);
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(string))) {
            writer.create(string, strings.toFile()).append("text");
        }
        refused(strings, "strings.avro holds values of type string");
        Path unknown = write("unknown.avro", ROW, CodecFactory.nullCodec(), 1, 1);
        byte[] bytes = Files.readAllBytes(unknown);
        int codec = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("null");
        System.arraycopy("lzma".getBytes(StandardCharsets.US_ASCII), 0, bytes, codec, 4);
        Files.write(unknown, bytes);
        refused(unknown, "lzma");
    }

    @Test
    void filesWithoutRecordsAreRead() throws IOException {
        Path file = write("in.avro", ROW, CodecFactory.nullCodec(), 0, 1);
        assertThat(numbers(Avro.files(List.of(file)).generic(), 10)).isEmpty();
    }

    @Test
    void laterFilesAreReadAsTheFirst() throws IOException {
        Schema wider = SchemaBuilder.record("Row")
                .fields()
                .requiredString("more")
                .requiredInt("n")
                .requiredString("text")
                .endRecord();
        Path first = write("a.avro", ROW, CodecFactory.nullCodec(), 2, 1);
        Path second = write("b.avro", wider, CodecFactory.nullCodec(), 2, 1);
        Source<GenericRecord> source = Avro.files(List.of(first, second)).generic();
        assertThat(numbers(source, 1 << 20)).containsExactly(0, 1, 0, 1);
        assertThat(source.type().schema()).isEqualTo(ROW);

        Path other = write("c.avro", row("Other"), CodecFactory.nullCodec(), 2, 1);
        assertThatThrownBy(() -> numbers(Avro.files(List.of(first, other)).generic(), 1 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The schema of " + other);
    }

    @Test
    void millisecondsAreNotReadAsMicroseconds() throws IOException {
        Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
        Path first = write("a.avro", timed(millis), CodecFactory.nullCodec(), 0, 1);
        Path second = write("b.avro", timed(micros), CodecFactory.nullCodec(), 0, 1);
        assertThatThrownBy(() -> numbers(Avro.files(List.of(first, second)).generic(), 1 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Field 'at' of " + second)
                .hasMessageContaining("timestamp-micros");
    }

    private static Schema timed(Schema time) {
        return SchemaBuilder.record("Row")
                .fields()
                .name("at")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), time))
                .noDefault()
                .endRecord();
    }

    private void refused(Path file, String part) {
        assertThatThrownBy(() -> numbers(Avro.files(List.of(file)).generic(), 1 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part);
    }

    private static Schema row(String name) {
        return SchemaBuilder.record(name)
                .fields()
                .requiredInt("n")
                .requiredString("text")
                .endRecord();
    }

    private static List<Integer> numbers(Source<GenericRecord> source, long splitBytes) {
        return Reading.all(source, splitBytes).records.stream()
                .map(record -> (Integer) record.get("n"))
                .toList();
    }

    /** The positions at which a block, or the header, ends. */
    private static List<Long> blockEnds(Path file) throws IOException {
        List<Long> ends = new ArrayList<>();
        try (AvroFile open = AvroFile.open(file, Optional.empty())) {
            Reading<Long> context = new Reading<>();
            open.read(new Split(file, 0, Files.size(file)), context, row -> {
                long end = Long.parseLong(row.block().substring(row.block().lastIndexOf(' ') + 1));
                if (!ends.contains(end)) {
                    ends.add(end);
                }
            });
        }
        return ends;
    }

    private Path write(String name, Schema schema, CodecFactory codec, int count, int perBlock) throws IOException {
        Path file = folder.resolve(name);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(codec).create(schema, file.toFile());
            for (int i = 0; i < count; i++) {
                GenericRecord record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), "x".repeat(field.pos() * 5)));
                record.put("n", i);
                writer.append(record);
                if (i % perBlock == perBlock - 1) {
                    writer.sync();
                }
            }
        }
        return file;
    }
}
