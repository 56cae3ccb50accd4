package io.slipway.batch.format;

import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.stream.Collectors;
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
    }
}
