package io.slipway.batch.type;

import org.apache.avro.Schema;

/** Enum constants, written as the string of their name. */
final class EnumType<E extends Enum<E>> extends ScalarType<E> {

    private final Class<E> type;

    EnumType(Class<E> type) {
        super(Schema.create(Schema.Type.STRING), "one of " + java.util.Arrays.toString(type.getEnumConstants()));
        this.type = type;
    }

    @Override
    public E parse(String text) {
        return Enum.valueOf(type, text);
    }

    @Override
    public String text(E value) {
        return value.name();
    }

    @Override
    public void write(E value, BinaryOut out) {
        out.writeString(value.name());
    }

    @Override
    public E read(BinaryIn in) {
        return Enum.valueOf(type, in.readString());
    }

    @Override
    boolean hasFixedWidth() {
        return false;
    }

    @Override
    void writePlainKey(E value, BinaryOut out) {
        out.writeUtf8(value.name());
    }

    @Override
    E ofKeyValue(Object value) {
        return Enum.valueOf(type, (String) value);
    }
}
