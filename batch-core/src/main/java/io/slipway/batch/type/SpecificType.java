package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.ValueCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Classes that Avro generates of schemas. They pass through Avro's own readers and writers: Java records are faster. */
public final class SpecificType<T extends SpecificRecord> extends Type<T> {

    private final Class<T> type;
    private final ValueCodec values;
    private final SpecificDatumReader<T> reader;
    private final SpecificDatumWriter<T> writer;

    SpecificType(Class<T> type) {
        super(schemaOf(type));
        this.type = type;
        TrustedSchemas.add(schema());
        this.values = ValueCodec.of(schema());
        SpecificData data = SpecificData.getForClass(type);
        this.reader = new SpecificDatumReader<>(schema(), schema(), data);
        this.writer = new SpecificDatumWriter<>(schema(), data);
    }

    @Override
    public void write(T value, BinaryOut out) {
        // Once more through the codec, by which equal maps have equal bytes.
        byte[] bytes = values.encode(values.decode(encoded(value)));
        out.writeRaw(bytes, 0, bytes.length);
    }

    @Override
    public T read(BinaryIn in) {
        return decoded(in.readRest(), reader);
    }

    @Override
    public void writeKey(T value, BinaryOut out) {
        byte[] bytes = KeyCodec.of(schema()).encode(values.decode(encoded(value)));
        out.writeRaw(bytes, 0, bytes.length);
    }

    @Override
    public T readKey(byte[] key) {
        return decoded(values.encode(new GenericType(schema()).readKey(key)), reader);
    }

    /**
     * Makes values of generic records of another schema, as Avro's rules for reading say.
     *
     * @throws InvalidInputException if that is not possible
     */
    public Function<GenericRecord, T> converter(Schema written) {
        SchemaPairCompatibility found = SchemaCompatibility.checkReaderWriterCompatibility(schema(), written);
        if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new InvalidInputException("The input cannot be read as " + type.getName() + ": "
                    + found.getResult().getIncompatibilities() + ". Generate the class of a schema that fits.");
        }
        ValueCodec codec = ValueCodec.of(written);
        SpecificDatumReader<T> resolving = new SpecificDatumReader<>(written, schema(), SpecificData.getForClass(type));
        return record -> decoded(codec.encode(record), resolving);
    }

    private byte[] encoded(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writer.write(value, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new InvalidInputException(
                    "A " + type.getName() + " does not fit its schema (" + e.getMessage() + "). Correct the value.", e);
        }
        return bytes.toByteArray();
    }

    private T decoded(byte[] bytes, SpecificDatumReader<T> as) {
        try {
            return as.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schemaOf(Class<?> type) {
        try {
            return SpecificData.get().getSchema(type);
        } catch (RuntimeException e) {
            throw new InvalidInputException(
                    type.getName() + " has no Avro schema (" + e.getMessage() + "). Give a class that Avro generated.",
                    e);
        }
    }
}
