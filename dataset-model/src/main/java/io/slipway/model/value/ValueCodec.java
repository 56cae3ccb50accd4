package io.slipway.model.value;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Encodes Avro's generic data as values and back. Immutable and thread-safe.
 *
 * <p>Equal data has equal bytes: arrays and maps are written in one block, and maps sorted by the UTF-8 bytes of their
 * keys, as the record digest needs it ({@code spec/key-encoding.md}). Whatever this encodes, {@link #check} accepts.
 */
public final class ValueCodec {

    /** Without conversions of logical types, whatever the process registers elsewhere. */
    private static final GenericData PLAIN_DATA = new GenericData();

    private static final ThreadLocal<BinaryBuffer> BUFFER = ThreadLocal.withInitial(BinaryBuffer::new);

    private final Schema schema;
    private final EncodeStep encoder;
    private final ValueSkipper skipper;
    private final GenericDatumReader<Object> reader;

    private ValueCodec(Schema schema, EncodeStep encoder, ValueSkipper skipper) {
        this.schema = schema;
        this.encoder = encoder;
        this.skipper = skipper;
        this.reader = new GenericDatumReader<>(schema, schema, PLAIN_DATA);
    }

    /** Compiles the codec of a value schema. */
    public static ValueCodec of(Schema schema) {
        return new ValueCodec(schema, new EncodeCompiler().compile(schema), ValueSkipper.of(schema));
    }

    /** The value schema. */
    public Schema schema() {
        return schema;
    }

    /**
     * Encodes a datum in Avro's generic form: records as {@code IndexedRecord}, arrays as {@code Collection}, maps with
     * text keys, strings as {@code CharSequence}, bytes as {@code ByteBuffer} or {@code byte[]}, fixed also as {@code
     * GenericFixed}, enums as their symbols or these symbols' names, logical types as the type below. An int is taken
     * where a long or a double is due, a float where a double is.
     *
     * @throws InvalidInputException if the datum does not fit the schema, or holds text that is not well-formed Unicode
     */
    public byte[] encode(Object datum) {
        BinaryBuffer out = BUFFER.get();
        out.reset();
        try {
            encoder.encode(datum, out);
            return out.toByteArray();
        } catch (MismatchException e) {
            throw new InvalidInputException(e.where() + " " + e.getMessage());
        }
    }

    /**
     * Decodes a value into Avro's generic form.
     *
     * @throws CorruptDataException if the bytes are not exactly one value of the schema
     */
    public Object decode(byte[] value) {
        return decode(value, 0, value.length);
    }

    /**
     * Decodes a value that is a range of an array into Avro's generic form.
     *
     * @throws CorruptDataException if the bytes are not exactly one value of the schema
     */
    public Object decode(byte[] value, int offset, int length) {
        check(value, offset, length);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, offset, length, null);
        try {
            return reader.read(null, decoder);
        } catch (IOException | AvroRuntimeException e) {
            throw new CorruptDataException("A value", "whole value", "it is not of its schema", e);
        }
    }

    /**
     * Checks a value that is a range of an array, without building anything of it.
     *
     * @throws CorruptDataException if the bytes are not exactly one value of the schema
     */
    public void check(byte[] value, int offset, int length) {
        BinaryCursor cursor = new BinaryCursor();
        cursor.reset(value, offset, length);
        skipper.skip(cursor);
        cursor.expectEnd();
    }
}
