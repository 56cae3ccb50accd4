package io.slipway.kafka.control;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnsupportedFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * How control records are written into topics: no key, the header {@value #HEADER} with kind and format version, such as
 * {@code START/1}, and the Avro binary of the kind's schema as the value ({@code spec/version-topic.md}, section "Control
 * records"). Bytes after the last field that this program knows are ignored, so that fields can be added at the end within
 * a format version. Stateless.
 */
public final class ControlCodec {

    /** The header that control records have, and no other record. */
    public static final String HEADER = "slipway-control";

    private static final int FORMAT_VERSION = 1;
    private static final Pattern KIND = Pattern.compile("([A-Z]{1,20})/([0-9]{1,9})");

    private ControlCodec() {}

    /** A control record as Kafka takes it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, int partition, ControlRecord record) {
        ControlKind kind = ControlKind.of(record);
        byte[] header = (kind.name() + "/" + FORMAT_VERSION).getBytes(StandardCharsets.US_ASCII);
        return new ProducerRecord<>(
                topic, partition, (byte[]) null, encode(kind, record), List.of(new RecordHeader(HEADER, header)));
    }

    /**
     * Reads a control record.
     *
     * @return what it says; none if the record is data
     * @throws CorruptDataException if it is neither data nor control, or a control record of an unknown kind or with a
     *     damaged body
     * @throws UnsupportedFormatException if its format version is not one that this program reads
     */
    public static Optional<ControlRecord> read(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(HEADER);
        if (header == null && record.key() != null) {
            return Optional.empty();
        }
        if (header == null || record.key() != null) {
            throw damaged(
                    record,
                    "a key, or the header " + HEADER,
                    header == null ? "neither: a foreign record" : "both: a foreign record");
        }
        return Optional.of(decode(record, kind(record, header)));
    }

    /** Where a record is, for messages. */
    public static String place(ConsumerRecord<?, ?> record) {
        return "partition " + record.partition() + ", offset " + record.offset();
    }

    private static byte[] encode(ControlKind kind, ControlRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(kind.schema())
                    .write(ControlBodies.body(record, kind.schema()), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("An array can be written", e);
        }
        return out.toByteArray();
    }

    private static ControlKind kind(ConsumerRecord<byte[], byte[]> record, Header header) {
        String text = new String(header.value(), StandardCharsets.US_ASCII);
        Matcher parts = KIND.matcher(text);
        if (!parts.matches()) {
            throw damaged(record, "a kind with its version, such as START/1", "'" + text + "'");
        }
        int version = Integer.parseInt(parts.group(2));
        if (version != FORMAT_VERSION) {
            throw new UnsupportedFormatException(
                    record.topic() + ", " + place(record), version, FORMAT_VERSION, FORMAT_VERSION);
        }
        return ControlKind.named(parts.group(1))
                .orElseThrow(() -> damaged(record, "a kind that there is", "'" + text + "'"));
    }

    private static ControlRecord decode(ConsumerRecord<byte[], byte[]> record, ControlKind kind) {
        if (record.value() == null) {
            throw damaged(record, "the body of " + kind.name(), "nothing");
        }
        try {
            GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(kind.schema());
            return kind.read().apply(reader.read(null, DecoderFactory.get().binaryDecoder(record.value(), null)));
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | InvalidInputException e) {
            throw new CorruptDataException(
                    record.topic(),
                    place(record),
                    "the body of " + kind.name() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static CorruptDataException damaged(ConsumerRecord<?, ?> record, String expected, String found) {
        return new CorruptDataException(record.topic(), place(record), expected, found);
    }
}
