package io.slipway.batch.format;

import io.slipway.batch.type.OptionalType;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.ScalarType;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes Java records of texts in columns. */
final class RecordBinder<T> {

    private final RecordType<T> type;
    private final int[] columns;

    /** Finds the columns of the record's components: by name, or else by position if the file has no names. */
    RecordBinder(RecordType<T> type, List<String> header, CsvOptions.Header kind, Path file) {
        this.type = type;
        this.columns = new int[type.names().size()];
        for (int i = 0; i < columns.length; i++) {
            String name = type.names().get(i);
            int named = header.indexOf(name);
            columns[i] = named < 0 && kind == CsvOptions.Header.NONE ? i : named;
            if (columns[i] < 0 || columns[i] >= header.size()) {
                throw new InvalidInputException(file + " has no column '" + name + "' (it has "
                        + String.join(", ", header) + "). Name the record's components as the columns.");
            }
        }
    }

    /** Refuses components that a text cannot be parsed to. */
    static void check(RecordType<?> type) {
        for (int i = 0; i < type.names().size(); i++) {
            Type<?> component = type.types().get(i);
            Type<?> parsed = component instanceof OptionalType<?> optional ? optional.value() : component;
            if (!(parsed instanceof ScalarType<?>)) {
                throw new InvalidInputException("Component '" + type.names().get(i)
                        + "' cannot be read from CSV. Use a text, a number, a date or the like, or Optional of these.");
            }
        }
    }

    T bind(CsvRow row) throws BadValueException {
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, row);
        }
        return type.create(values);
    }

    private Object value(int component, CsvRow row) throws BadValueException {
        Type<?> wanted = type.types().get(component);
        int column = columns[component];
        if (wanted instanceof OptionalType<?> optional) {
            return row.isNull(column)
                    ? Optional.empty()
                    : Optional.of(parse((ScalarType<?>) optional.value(), component, row));
        }
        return parse((ScalarType<?>) wanted, component, row);
    }

    private Object parse(ScalarType<?> scalar, int component, CsvRow row) throws BadValueException {
        String text = row.text(columns[component]);
        try {
            return scalar.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadValueException(
                    "column " + type.names().get(component) + " is '" + text + "' and should be " + scalar.expected()
                            + ".",
                    e);
        }
    }
}
