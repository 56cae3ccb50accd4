package io.slipway.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.Source;
import io.slipway.batch.type.BinaryIn;
import io.slipway.batch.type.BinaryOut;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written in a format is read again as it was. */
class WrittenFilesTest {

    enum Colour {
        RED,
        GREEN
    }

    /** A component of every type that a column can have. Records are compared by their bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Flat(
            String text,
            int small,
            long large,
            float single,
            double real,
            boolean flag,
            byte[] bytes,
            Instant instant,
            LocalDate date,
            Colour colour,
            Optional<String> absentText,
            Optional<Long> absentNumber,
            Optional<Instant> absentInstant,
            Optional<byte[]> absentBytes) {}

    record Part(String name, Optional<Integer> count) {}

    /** A component of every type that has parts. Records are compared by their bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Nested(
            Flat flat,
            List<String> texts,
            List<Part> parts,
            List<Optional<Double>> absentReals,
            Optional<Part> part,
            Optional<List<Long>> numbers,
            int[] ints,
            double[] reals) {}

    private static final Type<Flat> FLAT = Type.of(Flat.class);
    private static final Type<Nested> NESTED = Type.of(Nested.class);
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "with, comma",
            "\"quoted\"",
            "a\nb",
            "a\r\nb\r",
            "\t",
            "null",
            "NA",
            "ümläut",
            "日本",
            "😀",
            "\0",
            "\\",
            "=1+1",
            "\uFEFFmark");

    @TempDir
    Path folder;

    @Test
    void javaRecordsSurviveCsv() throws IOException {
        long seed = System.nanoTime();
        List<Flat> records = flat(new Random(seed), 500);

        check(seed, FLAT, records, Csv.to(folder), Csv.files(List.of(folder)).as(Flat.class));
    }

    @Test
    void javaRecordsSurviveCompressedCsv() throws IOException {
        long seed = System.nanoTime();
        List<Flat> records = flat(new Random(seed), 500);

        check(
                seed,
                FLAT,
                records,
                Csv.to(folder).gzip(),
                Csv.files(List.of(folder)).as(Flat.class));
    }

    @Test
    void javaRecordsSurviveJsonLines() throws IOException {
        long seed = System.nanoTime();
        List<Nested> records = nested(new Random(seed), 300);

        check(
                seed,
                NESTED,
                records,
                JsonLines.to(folder),
                JsonLines.files(List.of(folder)).as(Nested.class));
    }

    @Test
    void javaRecordsSurviveAvroAndParquet() throws IOException {
        long seed = System.nanoTime();
        List<Nested> records = nested(new Random(seed), 300);

        for (FileSink<Object> sink : List.of(Avro.to(folder), Parquet.to(folder))) {
            Path file = write(sink, NESTED, records);
            Source<GenericRecord> source = sink.suffix().equals(".avro")
                    ? Avro.files(List.of(file)).generic()
                    : Parquet.files(List.of(file)).generic();
            Type<GenericRecord> generic = Type.generic(NESTED.schema());
            assertThat(source.type().schema()).isEqualTo(NESTED.schema());
            assertThat(encoded(generic, Reading.all(source).records))
                    .as("%s, seed %d", sink.suffix(), seed)
                    .isEqualTo(encoded(NESTED, records));
        }
    }

    @Test
    void genericRecordsWithDecimalsSurviveAvroAndParquetAndAreWrittenAsJson() throws IOException {
        Schema decimal = LogicalTypes.decimal(12, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        Schema schema = Schema.createRecord("Money", null, "test", false);
        schema.setFields(List.of(
                new Schema.Field("amount", decimal),
                new Schema.Field("at", millis),
                new Schema.Field(
                        "note", Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING))),
                new Schema.Field("counts", Schema.createMap(Schema.create(Schema.Type.INT)))));
        GenericRecord record = new GenericData.Record(schema);
        record.put(
                "amount",
                ByteBuffer.wrap(new BigDecimal("-12.50").unscaledValue().toByteArray()));
        record.put("at", 1_431_857_103_123L);
        record.put("counts", java.util.Map.of("a", 1));
        Type<GenericRecord> type = Type.generic(schema);

        Path avro = write(Avro.to(folder), type, List.of(record));
        Path parquet = write(Parquet.to(folder), type, List.of(record));
        Path json = write(JsonLines.to(folder), type, List.of(record));

        assertThat(encoded(type, Reading.all(Avro.files(List.of(avro)).generic()).records))
                .isEqualTo(encoded(type, List.of(record)));
        assertThat(encoded(type, Reading.all(Parquet.files(List.of(parquet)).generic()).records))
                .isEqualTo(encoded(type, List.of(record)));
        assertThat(json)
                .hasContent(
                        "{\"amount\":-12.50,\"at\":\"2015-05-17T10:05:03.123Z\",\"note\":null,\"counts\":{\"a\":1}}\n");
    }

    @Test
    void textsSurviveTextLines() throws IOException {
        List<String> texts = TEXTS.stream()
                .filter(text -> text.indexOf('\n') < 0 && !text.startsWith("\uFEFF"))
                .toList();

        Path file = write(TextLines.to(folder), Type.of(String.class), texts);

        assertThat(Reading.all(TextLines.files(List.of(file))).records).isEqualTo(texts);
    }

    static Stream<String> textsThatAreNoLine() {
        return Stream.of("two\nlines", "end\n", "carriage\r");
    }

    @ParameterizedTest
    @MethodSource("textsThatAreNoLine")
    void aTextWithALineEndIsNoLine(String text) {
        assertThatThrownBy(() -> write(TextLines.to(folder), Type.of(String.class), List.of(text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line end");
    }

    @Test
    void csvIsWrittenAsItsStandardSays() throws IOException {
        record Row(String name, Optional<String> note, double share) {}

        Path file = write(
                Csv.to(folder),
                Type.of(Row.class),
                List.of(
                        new Row("a,b", Optional.of("say \"hi\""), 0.5),
                        new Row("", Optional.empty(), 2),
                        new Row("ü", Optional.of(""), -1e300)));

        assertThat(file).hasContent("""
                name,note,share
                "a,b","say ""hi""\",0.5
                "",,2.0
                ü,"",-1.0E300
                """);
    }

    @Test
    void whatHasNoFormInAFormatIsRefusedBeforeAnythingIsWritten() {
        record Lists(List<String> texts) {}
        record Perhaps(Optional<String> text) {}

        assertThatThrownBy(() -> Csv.to(folder).check(Type.of(Lists.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'texts' cannot be written as CSV");
        assertThatThrownBy(() -> Csv.to(folder).check(Type.of(Perhaps.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("empty lines");
        assertThatThrownBy(() -> Csv.to(folder).check(Type.of(Long.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Map them to a Java record");
        assertThatThrownBy(() -> Parquet.to(folder).check(Type.of(Long.class)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Map them to a record");
        assertThatThrownBy(() -> Avro.to(folder).gzip())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("compressed within");
    }

    private <T> void check(long seed, Type<T> type, List<T> records, FileSink<? super T> sink, Source<T> source)
            throws IOException {
        write(sink, type, records);

        assertThat(encoded(type, Reading.all(source).records))
                .as("seed %d", seed)
                .isEqualTo(encoded(type, records));
    }

    private <T> Path write(FileSink<? super T> sink, Type<T> type, List<T> records) throws IOException {
        sink.check(type);
        Path file = folder.resolve("part-0" + sink.suffix());
        try (RecordWriter<T> writer = sink.open(type, Files.newOutputStream(file))) {
            for (T record : records) {
                writer.write(record);
            }
        }
        return file;
    }

    /** Records hold arrays, which are equal only as bytes. */
    private static <T> List<String> encoded(Type<T> type, List<T> records) {
        BinaryOut out = new BinaryOut();
        List<String> encoded = new ArrayList<>();
        for (T record : records) {
            type.write(record, out.clear());
            type.read(new BinaryIn().set(out.array(), 0, out.size()));
            encoded.add(new String(out.toByteArray(), StandardCharsets.ISO_8859_1));
        }
        return encoded;
    }

    private static List<Flat> flat(Random random, int count) {
        return Stream.generate(() -> flat(random)).limit(count).toList();
    }

    private static Flat flat(Random random) {
        return new Flat(
                text(random),
                random.nextInt(),
                random.nextLong(),
                oneOf(random, random.nextFloat(), Float.MIN_VALUE, Float.NaN, 0.1f, Float.NEGATIVE_INFINITY),
                oneOf(random, random.nextDouble() * 1e9, Double.MAX_VALUE, Double.NaN, 0.1, Double.POSITIVE_INFINITY),
                random.nextBoolean(),
                bytes(random),
                instant(random),
                LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000),
                Colour.values()[random.nextInt(2)],
                perhaps(random, text(random)),
                perhaps(random, random.nextLong()),
                perhaps(random, instant(random)),
                perhaps(random, bytes(random)));
    }

    private static List<Nested> nested(Random random, int count) {
        return Stream.generate(() -> nested(random)).limit(count).toList();
    }

    private static Nested nested(Random random) {
        return new Nested(
                flat(random),
                TEXTS.subList(0, random.nextInt(TEXTS.size())),
                List.of(part(random), part(random)).subList(0, random.nextInt(3)),
                List.of(perhaps(random, 1.5), perhaps(random, -2.0)).subList(0, random.nextInt(3)),
                perhaps(random, part(random)),
                perhaps(random, List.of(1L, random.nextLong())),
                random.ints(random.nextInt(4)).toArray(),
                random.doubles(random.nextInt(4)).toArray());
    }

    private static Part part(Random random) {
        return new Part(text(random), perhaps(random, random.nextInt()));
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(
                random.nextLong(8_000_000_000L) - 4_000_000_000L, random.nextInt(1_000_000) * 1000L);
    }

    private static <T> Optional<T> perhaps(Random random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
