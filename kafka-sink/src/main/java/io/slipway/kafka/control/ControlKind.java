package io.slipway.kafka.control;

import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A kind of control records.
 *
 * @param name its name in the header
 * @param type the records of this kind
 * @param schema the Avro schema of their bodies
 * @param read makes a record of a body
 */
record ControlKind(
        String name, Class<? extends ControlRecord> type, Schema schema, Function<GenericRecord, ControlRecord> read) {

    private static final List<ControlKind> ALL = List.of(
            kind("CLAIM", Claim.class, ControlBodies::claim),
            kind("START", Start.class, ControlBodies::start),
            kind("END", End.class, ControlBodies::end),
            kind("COMMIT", Commit.class, ControlBodies::commit),
            kind("ABORT", Abort.class, ControlBodies::abort));

    static ControlKind of(ControlRecord record) {
        return ALL.stream()
                .filter(kind -> kind.type.isInstance(record))
                .findFirst()
                .orElseThrow();
    }

    static Optional<ControlKind> named(String name) {
        return ALL.stream().filter(kind -> kind.name.equals(name)).findFirst();
    }

    private static ControlKind kind(
            String name, Class<? extends ControlRecord> type, Function<GenericRecord, ControlRecord> read) {
        return new ControlKind(name, type, schema(name.toLowerCase(Locale.ROOT) + ".avsc"), read);
    }

    private static Schema schema(String resource) {
        try (InputStream in = ControlKind.class.getResourceAsStream(resource)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read", e);
        }
    }
}
