package io.slipway.kafka.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {

    private static final String TOPIC = "slipway.route-delays.v7";
    private static final byte[] NO_KEY = null;
    private static final Path SPEC = Path.of(System.getProperty("slipway.home"), "spec");
    private static final VersionId VERSION = new VersionId(new DatasetName("route-delays"), 7);
    private static final RunId RUN = new RunId("nightly:2026-01-01");
    private static final AttemptId ATTEMPT = new AttemptId(2, 1);
    private static final AttemptTotals TOTALS = new AttemptTotals(new Digest(0x0123456789abcdefL, 10), 3, 1000, 4);
    private static final Commit IN_LEDGER = new Commit(
            VERSION,
            RUN,
            2,
            3,
            new Digest(-1, 25),
            "0f".repeat(32),
            Optional.of(new ManifestDocument("{}".getBytes(StandardCharsets.UTF_8))),
            Optional.empty());

    /** In the order of the vectors of the specification. */
    static Stream<ControlRecord> records() {
        return Stream.of(
                new Claim(VERSION, RUN, 3, OptionalLong.empty(), "host-1", Instant.ofEpochMilli(1767225600000L), "w-1"),
                new Claim(VERSION, RUN, 3, OptionalLong.of(6), "host-1", Instant.ofEpochMilli(1767225600000L), "w-2"),
                new Start(VERSION, RUN, 1, ATTEMPT, true, "\"string\"", "\"long\"", "lz4"),
                new End(VERSION, RUN, 1, ATTEMPT, TOTALS),
                new Commit(
                        VERSION,
                        RUN,
                        2,
                        3,
                        new Digest(-1, 25),
                        "0f".repeat(32),
                        Optional.empty(),
                        Optional.of(new Winner(1, ATTEMPT, TOTALS))),
                IN_LEDGER,
                new Abort(VERSION, RUN, 2, "wrong input"));
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenIsRead(ControlRecord record) {
        assertThat(ControlCodec.read(asConsumed(ControlCodec.write(TOPIC, 1, record))))
                .contains(record);
    }

    @Test
    void theVectorsOfTheSpecificationAreWhatIsWritten() throws IOException {
        List<ControlRecord> records = records().toList();
        JsonNode vectors = new ObjectMapper()
                .readTree(SPEC.resolve("version-topic-vectors.json").toFile());
        assertThat(vectors).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            ProducerRecord<byte[], byte[]> written = ControlCodec.write(TOPIC, 1, records.get(i));
            assertThat(text(written.headers().lastHeader(ControlCodec.HEADER).value()))
                    .isEqualTo(vectors.get(i).get("header").textValue());
            assertThat(HexFormat.of().formatHex(written.value()))
                    .as("body %d", i)
                    .isEqualTo(vectors.get(i).get("body").textValue())
                    .isEqualTo(HexFormat.of()
                            .formatHex(binary(
                                    ControlKind.of(records.get(i)).schema(),
                                    vectors.get(i).get("fields"))));
        }
    }

    /** What Avro makes of its own JSON form. */
    private static byte[] binary(Schema schema, JsonNode fields) throws IOException {
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, fields.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "start", "end", "commit", "abort"})
    void theSchemasOfTheSpecificationAreThoseInUse(String kind) throws IOException {
        try (InputStream in = ControlCodec.class.getResourceAsStream(kind + ".avsc")) {
            assertThat(Files.readString(SPEC.resolve("version-topic.md")))
                    .contains("```json\n" + text(in.readAllBytes()).strip() + "\n```");
        }
    }

    @Test
    void fieldsThatALaterWriterAddsAreIgnored() {
        ProducerRecord<byte[], byte[]> written = ControlCodec.write(TOPIC, 1, IN_LEDGER);
        byte[] longer = Arrays.copyOf(written.value(), written.value().length + 5);
        assertThat(ControlCodec.read(consumed(NO_KEY, longer, "COMMIT/1"))).contains(IN_LEDGER);
    }

    @Test
    void aRecordWithAKeyAndNoHeaderIsData() {
        assertThat(ControlCodec.read(consumed(new byte[0], new byte[] {1}, ""))).isEmpty();
    }

    @Test
    void aLaterFormatIsRefusedByName() {
        byte[] body = ControlCodec.write(TOPIC, 1, IN_LEDGER).value();
        assertThatThrownBy(() -> ControlCodec.read(consumed(NO_KEY, body, "COMMIT/2")))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContainingAll(TOPIC, "offset 42", "2", "1");
    }

    @Test
    void whatIsNeitherDataNorControlIsRefused() {
        byte[] body = ControlCodec.write(TOPIC, 1, IN_LEDGER).value();
        assertRefused(consumed(NO_KEY, body, ""), "foreign record");
        assertRefused(consumed(new byte[] {1}, body, "COMMIT/1"), "foreign record");
        assertRefused(consumed(NO_KEY, body, "COMMIT"), "START/1", "'COMMIT'");
        assertRefused(consumed(NO_KEY, body, "MERGE/1"), "MERGE/1");
        assertRefused(consumed(NO_KEY, null, "COMMIT/1"), "the body of COMMIT", "nothing");
    }

    @Test
    void aBodyThatIsCutOffIsRefusedWhereverItIsCut() {
        records().forEach(record -> {
            ProducerRecord<byte[], byte[]> written = ControlCodec.write(TOPIC, 1, record);
            String header =
                    text(written.headers().lastHeader(ControlCodec.HEADER).value());
            for (int length = 0; length < written.value().length; length++) {
                assertRefused(consumed(NO_KEY, Arrays.copyOf(written.value(), length), header), "body");
            }
        });
    }

    private static void assertRefused(ConsumerRecord<byte[], byte[]> record, String... named) {
        assertThatThrownBy(() -> ControlCodec.read(record))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(TOPIC, "offset 42")
                .hasMessageContainingAll(named);
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(ProducerRecord<byte[], byte[]> written) {
        return consumed(
                written.key(),
                written.value(),
                text(written.headers().lastHeader(ControlCodec.HEADER).value()));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(byte[] key, byte[] value, String header) {
        RecordHeaders headers = new RecordHeaders();
        if (!header.isEmpty()) {
            headers.add(ControlCodec.HEADER, header.getBytes(StandardCharsets.US_ASCII));
        }
        return new ConsumerRecord<>(
                TOPIC, 1, 42, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
