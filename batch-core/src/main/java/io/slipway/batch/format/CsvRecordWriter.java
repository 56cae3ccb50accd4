package io.slipway.batch.format;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.type.OptionalType;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.ScalarType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes Java records as CSV: the names of the components first, then a line for each record. */
final class CsvRecordWriter<T> implements RecordWriter<T> {

    private final RecordType<T> type;
    private final OutputStream out;
    private final CsvLine line = new CsvLine();

    CsvRecordWriter(RecordType<T> type, OutputStream out) throws IOException {
        this.type = type;
        this.out = out;
        type.names().forEach(line::add);
        line.writeTo(out);
    }

    /** Refuses types that have no CSV form. */
    static void check(Type<?> type) {
        if (!(type instanceof RecordType<?> record)) {
            throw new InvalidInputException(
                    "Values of " + type + " cannot be written as CSV. Map them to a Java record first.");
        }
        for (int i = 0; i < record.names().size(); i++) {
            if (!(present(record.types().get(i)) instanceof ScalarType<?>)) {
                throw new InvalidInputException(
                        "Component '" + record.names().get(i)
                                + "' cannot be written as CSV. Use a text, a number, a date or the like, or Optional of these.");
            }
        }
        if (record.names().size() == 1 && isOptional(record.types().get(0))) {
            throw new InvalidInputException(
                    "The only component '" + record.names().get(0)
                            + "' may be absent, and readers of CSV leave out empty lines. Add a component, or filter.");
        }
    }

    @Override
    public void write(T record) throws IOException {
        for (int i = 0; i < type.names().size(); i++) {
            add(type.types().get(i), type.component(record, i));
        }
        line.writeTo(out);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void add(Type<Object> component, Object value) {
        if (!(value instanceof Optional<?> optional)) {
            line.add(text(component, value));
        } else if (optional.isEmpty()) {
            line.addNull();
        } else {
            line.add(text(present(component), optional.get()));
        }
    }

    private static boolean isOptional(Type<?> type) {
        return type instanceof OptionalType<?>;
    }

    @SuppressWarnings("unchecked")
    private static Type<Object> present(Type<?> type) {
        return (Type<Object>) (type instanceof OptionalType<?> optional ? optional.value() : type);
    }

    private static String text(Type<Object> type, Object value) {
        return ((ScalarType<Object>) type).text(value);
    }
}
