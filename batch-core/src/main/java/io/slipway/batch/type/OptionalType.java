package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.util.Optional;
import org.apache.avro.Schema;

/** Values that may be absent, written as a union of null and the value's schema. */
public final class OptionalType<T> extends Type<Optional<T>> {

    private final Type<T> value;

    OptionalType(Type<T> value) {
        super(Schema.createUnion(Schema.create(Schema.Type.NULL), value.schema()));
        this.value = value;
    }

    /** The type of the value that may be absent. */
    public Type<T> value() {
        return value;
    }

    @Override
    public void write(Optional<T> optional, BinaryOut out) {
        out.writeLong(optional.isPresent() ? 1 : 0);
        optional.ifPresent(present -> value.write(present, out));
    }

    @Override
    public Optional<T> read(BinaryIn in) {
        return in.readLong() == 0 ? Optional.empty() : Optional.of(value.read(in));
    }

    @Override
    public void writeKey(Optional<T> optional, BinaryOut out) {
        value.writeKey(present(optional), out);
    }

    @Override
    public void writeKeyPart(Optional<T> optional, BinaryOut out) {
        value.writeKeyPart(present(optional), out);
    }

    private T present(Optional<T> optional) {
        return optional.orElseThrow(() -> new InvalidInputException("A key is null. Every record needs a key."));
    }

    @Override
    public Optional<T> readKey(byte[] key) {
        return Optional.of(value.readKey(key));
    }
}
