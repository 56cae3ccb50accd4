package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.avro.Schema;

/** Values that are written as records. */
public final class WrittenAsType<T extends WrittenAs<R>, R extends Record> extends Type<T> {

    private final Type<R> record;
    private final MethodHandle constructor;

    WrittenAsType(Class<T> type, Class<R> recordClass) {
        super(named(type, Type.of(recordClass).schema()));
        record = Type.of(recordClass);
        try {
            constructor = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, recordClass))
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new InvalidInputException(
                    type.getName() + " has no constructor of a " + recordClass.getName() + ". Add one.", e);
        }
    }

    @Override
    public void write(T value, BinaryOut out) {
        record.write(value.toRecord(), out);
    }

    @Override
    public T read(BinaryIn in) {
        return create(record.read(in));
    }

    @Override
    public void writeKey(T value, BinaryOut out) {
        record.writeKey(value.toRecord(), out);
    }

    @Override
    public T readKey(byte[] key) {
        return create(record.readKey(key));
    }

    /** The type of the records. */
    public Type<R> record() {
        return record;
    }

    /** The value of a record, which is one of {@link #record}. */
    @SuppressWarnings("unchecked")
    public T of(Object written) {
        return create((R) written);
    }

    @SuppressWarnings("unchecked")
    private T create(R written) {
        try {
            return (T) (Object) constructor.invokeExact((Object) written);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new InvalidInputException("There is no value for " + written + " (" + e.getMessage() + ").", e);
        }
    }

    private static Schema named(Class<?> type, Schema of) {
        return Schema.createRecord(
                type.getSimpleName(),
                null,
                type.getPackageName(),
                false,
                of.getFields().stream()
                        .map(field -> new Schema.Field(field.name(), field.schema()))
                        .toList());
    }
}
