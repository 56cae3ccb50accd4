package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.type.RecordType;
import io.slipway.batch.type.SpecificType;
import io.slipway.batch.type.Type;
import io.slipway.batch.type.WrittenAsType;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;

/** Sources of files with schemas, as what a program works with: Java records, or classes that Avro generated. */
final class AvroRecords {

    private AvroRecords() {}

    /**
     * A source of a class's values.
     *
     * @throws InvalidInputException if it is not a class of such values
     */
    @SuppressWarnings("unchecked")
    static <T> Source<T> source(List<Path> paths, RowFormat format, Class<T> wanted) {
        if (SpecificRecord.class.isAssignableFrom(wanted)) {
            return (Source<T>) specific(paths, format, wanted.asSubclass(SpecificRecord.class));
        }
        Type<T> type = Type.of(wanted);
        if (!(type instanceof RecordType || type instanceof WrittenAsType)) {
            throw new InvalidInputException(
                    wanted.getName() + " is not a record. Give a Java record, or a class that Avro generated.");
        }
        return new AvroSource<>(paths, Optional.empty(), format, schema -> records(type, schema), any -> type);
    }

    private static <T extends SpecificRecord> Source<T> specific(List<Path> paths, RowFormat format, Class<T> wanted) {
        SpecificType<T> type = Type.specific(wanted);
        Optional<Schema> readAs = format == RowFormat.AVRO ? Optional.of(type.schema()) : Optional.empty();
        return new AvroSource<>(
                paths,
                readAs,
                format,
                schema -> {
                    Function<GenericRecord, T> converter = type.converter(schema);
                    return row -> converter.apply(row.record());
                },
                any -> type);
    }

    @SuppressWarnings("unchecked") // The binder is compiled of the type.
    private static <T> Function<AvroRow, T> records(Type<T> type, Schema schema) {
        AvroBinder.Reader reader = AvroBinder.of(type, schema);
        return row -> {
            try {
                return (T) reader.read(row.record());
            } catch (BadValueException e) {
                throw new InvalidInputException(
                        row.file() + ", " + row.place() + ": " + e.getMessage()
                                + " Correct it where the file is written.",
                        e);
            }
        };
    }
}
