package io.slipway.batch.type;

import java.lang.reflect.Array;
import java.util.List;
import org.apache.avro.Schema;

/** Arrays of numbers, written as an Avro array in one block. */
public final class ArrayType<T> extends Type<T> {

    private final Class<?> component;
    private final Type<Object> element;

    ArrayType(Class<T> type) {
        super(Schema.createArray(Scalars.of(type.getComponentType()).schema()));
        this.component = type.getComponentType();
        this.element = cast(Scalars.of(component));
    }

    /** The type of the elements. */
    public Type<?> element() {
        return element;
    }

    /** The array of these values, which are of the elements' type. */
    @SuppressWarnings("unchecked")
    public T ofValues(List<?> values) {
        Object array = Array.newInstance(component, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return (T) array;
    }

    @Override
    public void write(T value, BinaryOut out) {
        int length = Array.getLength(value);
        if (length > 0) {
            out.writeLong(length);
            for (int i = 0; i < length; i++) {
                element.write(Array.get(value, i), out);
            }
        }
        out.writeLong(0);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(BinaryIn in) {
        int length = Math.toIntExact(in.readLong());
        Object array = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, element.read(in));
        }
        if (length > 0) {
            in.readLong();
        }
        return (T) array;
    }

    @Override
    public void writeKey(T value, BinaryOut out) {
        throw noKey(schema());
    }

    @Override
    public T readKey(byte[] key) {
        throw noKey(schema());
    }
}
