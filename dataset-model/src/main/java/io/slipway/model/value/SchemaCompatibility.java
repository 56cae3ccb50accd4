package io.slipway.model.value;

import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;

import io.slipway.model.InvalidInputException;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which value schema may follow which, so that readers keep working over a swap. Stateless. */
public final class SchemaCompatibility {

    private SchemaCompatibility() {}

    /** What a dataset asks of the value schema of a new version. */
    public enum Mode {
        /** Nothing. */
        NONE,
        /** A reader with the current schema can read what is written with the new one. */
        FORWARD,
        /** That, and a reader with the new schema can read what was written with the current one, as after a rollback. */
        FULL;

        /** The name as users write it: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Reads a name as users write it.
         *
         * @throws InvalidInputException if there is no such mode
         */
        public static Mode of(String label) {
            for (Mode mode : values()) {
                if (mode.label().equals(label)) {
                    return mode;
                }
            }
            throw new InvalidInputException("'" + label + "' is not a compatibility. Use none, forward or full.");
        }
    }

    /**
     * Checks a new value schema against the current one by the rules of the Avro specification, "Schema Resolution".
     *
     * @throws InvalidInputException if it may not follow; the message names what is incompatible and where
     */
    public static void check(Mode mode, Schema current, Schema next) {
        if (mode == Mode.NONE) {
            return;
        }
        refuse(mode, incompatibilities(current, next), "Readers of the current value schema cannot read the new one");
        if (mode == Mode.FULL) {
            refuse(
                    mode,
                    incompatibilities(next, current),
                    "Readers of the new value schema cannot read the current one");
        }
    }

    private static List<String> incompatibilities(Schema reader, Schema writer) {
        return checkReaderWriterCompatibility(reader, writer).getResult().getIncompatibilities().stream()
                .map(found -> describe(found, reader))
                .toList();
    }

    private static void refuse(Mode mode, List<String> found, String what) {
        if (!found.isEmpty()) {
            throw new InvalidInputException(what + ": " + String.join("; ", found)
                    + ". Keep the type, give the field a default, or set the dataset's compatibility to "
                    + (mode == Mode.FULL ? "forward or none" : "none") + ".");
        }
    }

    private static String describe(Incompatibility found, Schema reader) {
        String kind = found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return SchemaPath.of(found.getLocation(), reader) + ": " + kind + " (" + found.getMessage() + ")";
    }
}
