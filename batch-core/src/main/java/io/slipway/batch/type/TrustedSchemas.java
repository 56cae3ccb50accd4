package io.slipway.batch.type;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Has Avro make objects of the classes that a program names, and of those that are in their schemas. Avro makes none that
 * it was not told to trust, since the schema of a file could name any; these schemas are the program's own.
 */
final class TrustedSchemas {

    private TrustedSchemas() {}

    /** Adds all classes of a schema to those that are trusted in this process. */
    static synchronized void add(Schema schema) {
        Set<String> names = new HashSet<>();
        addNames(schema, names);
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> names.contains(type.getName().replace('$', '.'))));
    }

    private static void addNames(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> addNames(field.schema(), names));
                }
            }
            case ENUM, FIXED -> names.add(schema.getFullName());
            case ARRAY -> addNames(schema.getElementType(), names);
            case MAP -> addNames(schema.getValueType(), names);
            case UNION -> schema.getTypes().forEach(type -> addNames(type, names));
            default -> {
                // No class of its own.
            }
        }
    }
}
