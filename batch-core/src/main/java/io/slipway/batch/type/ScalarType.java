package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import org.apache.avro.Schema;

/** A type whose values have no parts: it has a text form and can be a key or a field of one. */
public abstract class ScalarType<T> extends Type<T> {

    private static final ThreadLocal<BinaryOut> PLAIN = ThreadLocal.withInitial(BinaryOut::new);
    private static final int ESCAPE = 0x00;
    private static final int ESCAPED_ZERO = 0xff;
    private static final int TERMINATOR = 0x01;

    private final String expected;
    private final KeyCodec keyCodec;

    ScalarType(Schema schema, String expected) {
        super(schema);
        this.expected = expected;
        this.keyCodec = KeyCodec.of(schema);
    }

    /** What a text must be to be parsed, for messages: {@code an integer}. */
    public final String expected() {
        return expected;
    }

    /**
     * The value of a text form.
     *
     * @throws IllegalArgumentException if the text is not of the type; its message adds nothing for people
     */
    public abstract T parse(String text);

    /** The text form of a value, which {@link #parse} takes. */
    public String text(T value) {
        return value.toString();
    }

    /** The value of what {@link KeyCodec#decode} gives for a key of this type. */
    abstract T ofKeyValue(Object value);

    /** Whether every key of this type takes the same number of bytes, so that it needs no end mark in a record key. */
    abstract boolean hasFixedWidth();

    /** Appends the plain key form of a value that is not null. */
    abstract void writePlainKey(T value, BinaryOut out);

    @Override
    public final void writeKey(T value, BinaryOut out) {
        writePlainKey(present(value), out);
    }

    @Override
    public final void writeKeyPart(T value, BinaryOut out) {
        writePart(present(value), out);
    }

    @Override
    public final T readKey(byte[] key) {
        return ofKeyValue(keyCodec.decode(key).get(0));
    }

    /** Appends the key form of one field of a record key. */
    final void writeKeyField(String name, T value, BinaryOut out) {
        if (value == null) {
            throw new InvalidInputException("Key field '" + name + "' is null. Every record needs a key.");
        }
        writePart(value, out);
    }

    private void writePart(T value, BinaryOut out) {
        if (hasFixedWidth()) {
            writePlainKey(value, out);
            return;
        }
        BinaryOut plain = PLAIN.get().clear();
        writePlainKey(value, plain);
        byte[] bytes = plain.array();
        for (int i = 0; i < plain.size(); i++) {
            out.writeByte(bytes[i]);
            if (bytes[i] == ESCAPE) {
                out.writeByte(ESCAPED_ZERO);
            }
        }
        out.writeByte(ESCAPE);
        out.writeByte(TERMINATOR);
    }

    private T present(T value) {
        if (value == null) {
            throw new InvalidInputException("A key is null. Every record needs a key.");
        }
        return value;
    }
}
