package io.slipway.batch.type;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Lists, written as an Avro array in one block. */
public final class ListType<T> extends Type<List<T>> {

    private final Type<T> element;

    ListType(Type<T> element) {
        super(Schema.createArray(element.schema()));
        this.element = element;
    }

    @Override
    public void write(List<T> value, BinaryOut out) {
        if (!value.isEmpty()) {
            out.writeLong(value.size());
            for (T item : value) {
                element.write(item, out);
            }
        }
        out.writeLong(0);
    }

    @Override
    public List<T> read(BinaryIn in) {
        List<T> value = new ArrayList<>();
        for (long count = in.readLong(); count != 0; count = in.readLong()) {
            for (long i = 0; i < count; i++) {
                value.add(element.read(in));
            }
        }
        return value;
    }

    @Override
    public void writeKey(List<T> value, BinaryOut out) {
        throw noKey(schema());
    }

    @Override
    public List<T> readKey(byte[] key) {
        throw noKey(schema());
    }

    /** The type of the elements. */
    public Type<T> element() {
        return element;
    }
}
