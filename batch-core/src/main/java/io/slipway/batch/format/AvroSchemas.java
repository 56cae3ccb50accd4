package io.slipway.batch.format;

import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Checks the schemas of files. Stateless. */
final class AvroSchemas {

    private AvroSchemas() {}

    /** Refuses a file whose values are not records. */
    static void checkRecord(Path file, Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new InvalidInputException(file + " holds values of type "
                    + schema.getType().getName() + ", and records are read. Write records with named fields.");
        }
    }

    /** Refuses a file whose records cannot be read with a schema: the first file's, or a given one. */
    static void checkReadable(Path file, Schema written, Schema readAs) {
        if (written.equals(readAs)) {
            return;
        }
        SchemaPairCompatibility found = SchemaCompatibility.checkReaderWriterCompatibility(readAs, written);
        if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
            String reasons = found.getResult().getIncompatibilities().stream()
                    .map(one -> one.getType() + " at " + one.getLocation() + ": " + one.getMessage())
                    .collect(Collectors.joining("; "));
            throw new InvalidInputException("The schema of " + file
                    + " cannot be read as that of the first file, or the" + " one that is given (" + reasons
                    + "). Read it apart, or give a schema that fits all files.");
        }
        checkMeanings(file, "", written, readAs, new HashSet<>());
    }

    /** Refuses values that Avro would read without a complaint, and that mean something else: milliseconds as micros. */
    private static void checkMeanings(Path file, String at, Schema written, Schema readAs, Set<Schema> seen) {
        for (Schema one : branches(written)) {
            for (Schema other : branches(readAs)) {
                if (one.getFullName().equals(other.getFullName()) && seen.add(one)) {
                    checkMeaning(file, at, one, other);
                    checkParts(file, at, one, other, seen);
                    seen.remove(one);
                }
            }
        }
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }

    private static void checkMeaning(Path file, String at, Schema written, Schema readAs) {
        boolean both = written.getLogicalType() != null && readAs.getLogicalType() != null;
        if (both && !meaning(written).equals(meaning(readAs))) {
            throw new InvalidInputException("Field '" + at + "' of " + file + " is a " + meaning(written)
                    + ", and in the schema that the input is read with a " + meaning(readAs)
                    + ". Read the file apart, or give a schema that fits all files.");
        }
    }

    private static void checkParts(Path file, String at, Schema written, Schema readAs, Set<Schema> seen) {
        switch (written.getType()) {
            case ARRAY -> checkMeanings(file, at, written.getElementType(), readAs.getElementType(), seen);
            case MAP -> checkMeanings(file, at, written.getValueType(), readAs.getValueType(), seen);
            case RECORD -> checkFields(file, at, written, readAs, seen);
            default -> {
                // Nothing is in it.
            }
        }
    }

    private static void checkFields(Path file, String at, Schema written, Schema readAs, Set<Schema> seen) {
        for (Schema.Field field : written.getFields()) {
            Schema.Field other = readAs.getField(field.name());
            if (other != null) {
                String path = at.isEmpty() ? field.name() : at + "." + field.name();
                checkMeanings(file, path, field.schema(), other.schema(), seen);
            }
        }
    }

    private static String meaning(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? "decimal of scale " + decimal.getScale()
                : schema.getLogicalType().getName();
    }
}
