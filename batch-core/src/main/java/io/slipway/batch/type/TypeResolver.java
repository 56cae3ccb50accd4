package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.lang.reflect.ParameterizedType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the {@link Type} of a Java type, and remembers those of classes. */
final class TypeResolver {

    private static final Map<Class<?>, Type<?>> RECORDS = new ConcurrentHashMap<>();
    private static final Set<Class<?>> ARRAYS = Set.of(int[].class, long[].class, double[].class, float[].class);
    private static final ThreadLocal<Set<Class<?>>> IN_WORK = ThreadLocal.withInitial(HashSet::new);

    private TypeResolver() {}

    static Type<?> resolve(java.lang.reflect.Type type) {
        if (type instanceof Class<?> c) {
            return ofClass(c);
        }
        if (type instanceof ParameterizedType p && p.getRawType().equals(List.class)) {
            return Type.listOf(resolve(p.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType p && p.getRawType().equals(Optional.class)) {
            return Type.optionalOf(resolve(p.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType p
                && p.getRawType().equals(Map.class)
                && p.getActualTypeArguments()[0].equals(String.class)) {
            return Type.mapOf(resolve(p.getActualTypeArguments()[1]));
        }
        throw unknown(type);
    }

    private static Type<?> ofClass(Class<?> type) {
        ScalarType<?> scalar = Scalars.of(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return ofEnum(type);
        }
        if (ARRAYS.contains(type)) {
            return new ArrayType<>(type);
        }
        if (WrittenAs.class.isAssignableFrom(type)) {
            Type<?> known = RECORDS.get(type);
            return known != null ? known : ofWrittenAs(type);
        }
        if (!type.isRecord() || type.getTypeParameters().length > 0) {
            throw unknown(type);
        }
        Type<?> known = RECORDS.get(type);
        return known != null ? known : ofRecord(type);
    }

    private static Type<?> ofRecord(Class<?> type) {
        if (!IN_WORK.get().add(type)) {
            throw new InvalidInputException("The record " + type.getName()
                    + " contains itself, which is not supported. Use a record without such a component.");
        }
        try {
            Type<?> made = new RecordType<>(new RecordShape<>(type));
            RECORDS.put(type, made);
            return made;
        } finally {
            IN_WORK.get().remove(type);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Type<?> ofWrittenAs(Class<?> type) {
        Class<?> record = (Class<?>) TypeInference.argument(type, WrittenAs.class, 0)
                .filter(Class.class::isInstance)
                .orElseThrow(() -> unknown(type));
        Type<?> made = new WrittenAsType(type, record);
        RECORDS.put(type, made);
        return made;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Type<?> ofEnum(Class<?> type) {
        return new EnumType(type);
    }

    private static InvalidInputException unknown(java.lang.reflect.Type type) {
        return new InvalidInputException("There is no type for " + type.getTypeName()
                + ". Give the Type explicitly, or use String, a number, Boolean, byte[], Instant, LocalDate, an enum, a"
                + " record of these, or List, Optional or Map<String, …> of these.");
    }
}
