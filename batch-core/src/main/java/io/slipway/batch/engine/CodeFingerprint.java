package io.slipway.batch.engine;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.batch.Job;
import io.slipway.batch.Source;
import io.slipway.batch.plan.Output;
import io.slipway.model.UnavailableException;
import io.slipway.model.publish.VersionPublisher;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Says what code a job runs, and with which constants: by a hash of the jars and class folders that its functions, its
 * types and Slipway itself come from, and by the numbers, texts, times and enum constants that are in the plan or that
 * lambdas have captured. All of this is found by going through the plan's objects; libraries that functions only call
 * are not, nor what is inside objects of the job's own classes. Immutable.
 */
final class CodeFingerprint {

    private static final String OWN = "io.slipway.batch.";
    private static final String ATOMICS = "java.util.concurrent.atomic.";

    private final Set<Path> places = new TreeSet<>();
    private final StringBuilder constants = new StringBuilder();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private CodeFingerprint() {}

    /** What a job's plan says of its code. */
    static CodeFingerprint of(Job job, EngineSettings settings) {
        CodeFingerprint code = new CodeFingerprint();
        code.add(CodeFingerprint.class);
        code.add(VersionPublisher.class);
        settings.publisher().ifPresent(publisher -> code.add(publisher.getClass()));
        for (Output output : job.outputs()) {
            code.visit(output);
        }
        return code;
    }

    /**
     * The hash of the code, in hex.
     *
     * @throws UnavailableException if a jar or a class folder cannot be read
     */
    String code() {
        HashStream128 hash = Hashing.xxh3_128().hashStream();
        for (Path place : places) {
            for (Path file : files(place)) {
                hash.putBytes(place.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                hash.putBytes(Fingerprints.contentOf(file).fingerprint().getBytes(StandardCharsets.UTF_8));
            }
        }
        return Fingerprints.hex(hash.get());
    }

    /** The hash of the constants, in hex. */
    String constants() {
        byte[] bytes = constants.toString().getBytes(StandardCharsets.UTF_8);
        return Fingerprints.hex(Hashing.xxh3_128().hashStream().putBytes(bytes).get());
    }

    private void add(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source != null
                && source.getLocation() != null
                && !source.getLocation().getProtocol().equals("jrt")) {
            try {
                places.add(Path.of(source.getLocation().toURI()));
            } catch (URISyntaxException | IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
                throw new UnavailableException(
                        "The code of " + type.getName() + " at " + source.getLocation()
                                + " is not in a file. Run the job without resuming.",
                        e);
            }
        }
    }

    private void visit(Object object) {
        if (isConstant(object)) {
            constants.append(object).append('\n');
            return;
        }
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof Class<?> type) {
            add(type);
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(this::visit);
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(this::visit);
        } else {
            add(object.getClass());
            if (isTransparent(object)) {
                visitFields(object, object.getClass());
            }
        }
    }

    private static boolean isConstant(Object object) {
        return object instanceof CharSequence
                || (object instanceof Number && !object.getClass().getName().startsWith(ATOMICS))
                || object instanceof Boolean
                || object instanceof Character
                || object instanceof Enum<?>
                || object instanceof TemporalAccessor
                || object instanceof TemporalAmount;
    }

    /** Whether there may be functions in it: in the plan and in lambdas, but not in what is only data. */
    private static boolean isTransparent(Object object) {
        boolean isInMemory =
                object instanceof Source<?> source && source.files().isEmpty();
        Class<?> type = object.getClass();
        return !isInMemory
                && !type.isEnum()
                && (type.isHidden() || type.getName().startsWith(OWN));
    }

    private void visitFields(Object object, Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            // What is not final is what the object has worked out, not what it was made of.
            if (!Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())) {
                visit(value(field, object));
            }
        }
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent.getName().startsWith(OWN)) {
            visitFields(object, parent);
        }
    }

    /** What is in a field; null where the JDK does not let anybody look. */
    private static Object value(Field field, Object object) {
        try {
            return field.trySetAccessible() ? field.get(object) : null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UnavailableException("The code in " + place + " cannot be read (" + e + "). Check the file.", e);
        }
    }
}
