package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * How values of a Java type are written: their Avro schema, their Avro binary form, and, where they can be keys, their
 * order-preserving form ({@code spec/key-encoding.md}). Immutable and thread-safe.
 *
 * <p>Equal values have equal bytes, so that what is published twice has one digest.
 *
 * @param <T> the Java type
 */
public abstract class Type<T> {

    private final Schema schema;

    Type(Schema schema) {
        this.schema = schema;
    }

    /**
     * The type of a class: {@code String}, {@code Integer}, {@code Long}, {@code Double}, {@code Float}, {@code
     * Boolean}, {@code byte[]}, {@code int[]}, {@code long[]}, {@code double[]}, {@code java.time.Instant}
     * (microseconds), {@code java.time.LocalDate}, an enum (as its name), or a record whose components are of such
     * types, or {@code List}, {@code Optional} or {@code Map} with {@code String} keys of such.
     *
     * @throws InvalidInputException if the class is none of these
     */
    public static <T> Type<T> of(Class<T> type) {
        return cast(TypeResolver.resolve(type));
    }

    /**
     * The type of a Java type that may have parameters, such as {@code List<String>}.
     *
     * @throws InvalidInputException if there is no type for it
     */
    public static Type<?> of(java.lang.reflect.Type type) {
        return TypeResolver.resolve(type);
    }

    /** The type of lists, as an Avro array. */
    public static <T> Type<List<T>> listOf(Type<T> element) {
        return new ListType<>(element);
    }

    /** The type of values that may be absent, as a union of Avro's null and the value's schema. */
    public static <T> Type<Optional<T>> optionalOf(Type<T> value) {
        return new OptionalType<>(value);
    }

    /** The type of maps from texts, as an Avro map. */
    public static <T> Type<Map<String, T>> mapOf(Type<T> value) {
        return new MapType<>(value);
    }

    /**
     * The type of a class that Avro generated of a schema.
     *
     * @throws InvalidInputException if it is none
     */
    public static <T extends SpecificRecord> SpecificType<T> specific(Class<T> type) {
        return new SpecificType<>(type);
    }

    /** The type of Avro's generic records of a schema. */
    public static Type<GenericRecord> generic(Schema schema) {
        return new GenericType(schema);
    }

    /** The Avro schema of the values. */
    public final Schema schema() {
        return schema;
    }

    /** Appends a value in Avro binary. */
    public abstract void write(T value, BinaryOut out);

    /** Reads a value in Avro binary. */
    public abstract T read(BinaryIn in);

    /**
     * Appends a value as a key.
     *
     * @throws InvalidInputException if values of this type cannot be keys, or this one cannot (null, NaN)
     */
    public abstract void writeKey(T value, BinaryOut out);

    /**
     * Appends a value as a part of a longer key: in the order of {@link #writeKey}, with its end marked where values differ
     * in length, so that no value's bytes are the beginning of another's.
     *
     * @throws InvalidInputException if values of this type cannot be keys, or this one cannot (null, NaN)
     */
    public void writeKeyPart(T value, BinaryOut out) {
        // A record key is a sequence of such parts, and is one itself.
        writeKey(value, out);
    }

    /** The value of a key that {@link #writeKey} wrote; the array is not kept. */
    public abstract T readKey(byte[] key);

    @Override
    public String toString() {
        return "type " + schema;
    }

    @SuppressWarnings("unchecked")
    static <T> Type<T> cast(Type<?> type) {
        return (Type<T>) type;
    }

    static InvalidInputException noKey(Schema schema) {
        return new InvalidInputException("A value of type " + schema.getType().getName()
                + " cannot be a key. Use string, bytes, int, long, boolean, float or double, or a record of these.");
    }
}
