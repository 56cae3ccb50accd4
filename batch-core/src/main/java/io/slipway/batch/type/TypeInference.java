package io.slipway.batch.type;

import io.slipway.model.InvalidInputException;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what a serialisable function returns, from what the compiler left of its types. */
public final class TypeInference {

    private TypeInference() {}

    /**
     * The type of what a function returns.
     *
     * @param function a lambda, a method reference, or an object of a class that implements {@code shape}
     * @param shape the generic interface of the function
     * @param parameter which of the interface's type parameters is the result, from 0
     * @param use where the type is needed, for the message: {@code keyBy}
     * @throws InvalidInputException if it cannot be found out, or there is no {@link Type} for it
     */
    public static <T> Type<T> resultOf(Serializable function, Class<?> shape, int parameter, String use) {
        java.lang.reflect.Type found = serializedForm(function)
                .map(lambda -> resultOf(lambda, function.getClass().getClassLoader()))
                .or(() -> argument(function.getClass(), shape, parameter))
                .orElse(Object.class);
        try {
            return Type.cast(TypeResolver.resolve(found));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "The type of the result of the function given to " + use + " (" + found.getTypeName()
                            + ") does not say how its values are written. Give a Type as a further argument.",
                    e);
        }
    }

    /** The argument that a class gives to a type parameter of an interface it implements. */
    public static Optional<java.lang.reflect.Type> argument(Class<?> implementation, Class<?> shape, int parameter) {
        for (Class<?> c = implementation; c != null; c = c.getSuperclass()) {
            Optional<java.lang.reflect.Type> found = Stream.concat(
                            Arrays.stream(c.getGenericInterfaces()), Stream.ofNullable(c.getGenericSuperclass()))
                    .filter(t ->
                            t instanceof ParameterizedType p && p.getRawType().equals(shape))
                    .map(t -> ((ParameterizedType) t).getActualTypeArguments()[parameter])
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<SerializedLambda> serializedForm(Serializable function) {
        try {
            Method replace = function.getClass().getDeclaredMethod("writeReplace");
            replace.setAccessible(true);
            return replace.invoke(function) instanceof SerializedLambda lambda ? Optional.of(lambda) : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static java.lang.reflect.Type resultOf(SerializedLambda lambda, ClassLoader loader) {
        Class<?> erased = MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader)
                .returnType();
        if (erased.getTypeParameters().length == 0
                || lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
            return erased;
        }
        return genericResult(lambda, loader).orElse(erased);
    }

    /** A method that is referred to by name still has its generic signature. */
    private static Optional<java.lang.reflect.Type> genericResult(SerializedLambda lambda, ClassLoader loader) {
        try {
            Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            MethodType type = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            Method method = owner.getDeclaredMethod(lambda.getImplMethodName(), type.parameterArray());
            return Optional.of(method.getGenericReturnType());
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
