package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a record class consists of, with fast ways to take a record apart and to make one. */
final class RecordShape<T> {

    private final Class<T> type;
    private final List<String> names = new ArrayList<>();
    private final List<Type<Object>> types = new ArrayList<>();
    private final List<Function<Object, Object>> accessors = new ArrayList<>();
    private final MethodHandle constructor;

    RecordShape(Class<T> type) {
        this.type = type;
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                names.add(component.getName());
                types.add(Type.cast(TypeResolver.resolve(component.getGenericType())));
                accessors.add(accessor(lookup, component));
            }
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            constructor = lookup.unreflectConstructor(type.getDeclaredConstructor(parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new InvalidInputException(
                    "The record " + type.getName() + " cannot be used (" + e.getMessage() + "). Make it accessible.",
                    e);
        }
    }

    List<String> names() {
        return names;
    }

    List<Type<Object>> types() {
        return types;
    }

    List<Function<Object, Object>> accessors() {
        return accessors;
    }

    /** The record's name in a schema. */
    String name() {
        return type.getSimpleName();
    }

    /** Where the record is declared: its package, then the classes around it. */
    String namespace() {
        Class<?> outer = type.getEnclosingClass();
        return outer == null
                ? type.getPackageName()
                : outer.getName().replace('$', '.').replaceAll("\\.(?=[0-9])", "._");
    }

    @SuppressWarnings("unchecked")
    T create(Object[] values) {
        try {
            return (T) (Object) constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new InvalidInputException(
                    "A " + type.getName() + " cannot be made of " + Arrays.toString(values) + " (" + e.getMessage()
                            + ").",
                    e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Function<Object, Object> accessor(MethodHandles.Lookup lookup, RecordComponent component)
            throws ReflectiveOperationException {
        MethodHandle handle = lookup.unreflect(component.getAccessor());
        try {
            CallSite site = LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(Function.class),
                    MethodType.methodType(Object.class, Object.class),
                    handle,
                    handle.type().wrap());
            return (Function<Object, Object>) site.getTarget().invoke();
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }
}
