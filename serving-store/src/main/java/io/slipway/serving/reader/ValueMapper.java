package io.slipway.serving.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.ValueCodec;
import io.slipway.serving.store.OpenVersion;
import java.io.IOException;
import org.apache.avro.generic.GenericContainer;

/** Turns encoded values into Java's. Thread-safe. */
@FunctionalInterface
interface ValueMapper<T> {

    /** Of classes whose components are not all there, numbers and booleans have to be; texts and objects may be null. */
    ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * The value of its encoding.
     *
     * @throws InvalidInputException if it does not fit the class
     * @throws io.slipway.model.CorruptDataException if it is not of the version's schema
     */
    T map(byte[] value);

    /** What makes values of a version into values of a class. */
    static <T> ValueMapper<T> of(OpenVersion version, Class<T> type) {
        if (type == byte[].class) {
            return type::cast;
        }
        if (GenericContainer.class.isAssignableFrom(type)) {
            ValueCodec codec = ValueCodec.of(version.manifest().valueSchema());
            return value -> type.cast(codec.decode(value));
        }
        return value -> read(version, type, value);
    }

    private static <T> T read(OpenVersion version, Class<T> type, byte[] value) {
        try {
            return JSON.readValue(version.json().toJson(value), type);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "A value of " + version.id() + " does not fit " + type.getName() + ": " + e.getOriginalMessage()
                            + ". Its schema is " + version.manifest().valueSchema() + ".",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
