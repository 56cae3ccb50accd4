package io.slipway.batch.format;

import io.slipway.batch.Source;
import io.slipway.batch.type.Type;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Avro data files: plain, or their blocks compressed by deflate, bzip2, snappy or zstandard. All are read with one schema, into
 * which each file's own is resolved as Avro's specification says. Large files are cut at sync markers. Immutable.
 */
public final class Avro {

    private final List<Path> paths;

    private Avro(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Files, folders (all visible files in them, sorted) or globs. */
    public static Avro files(List<Path> paths) {
        return new Avro(paths);
    }

    /** A folder of Avro data files, compressed by zstandard, with the schema of the records' type. */
    public static FileSink<Object> to(Path folder) {
        return FileSink.of(folder, WrittenFormat.AVRO);
    }

    /** As Avro's generic records of the first file's schema, without conversions of logical types. */
    public Source<GenericRecord> generic() {
        return new AvroSource<>(paths, Optional.empty(), RowFormat.AVRO, any -> AvroRow::record, Type::generic);
    }

    /** As Avro's generic records of a schema, without conversions of logical types. */
    public Source<GenericRecord> generic(Schema schema) {
        return new AvroSource<>(paths, Optional.of(schema), RowFormat.AVRO, any -> AvroRow::record, Type::generic);
    }

    /**
     * As Java records whose components are fields of the same names, or as a class that Avro generated of a schema. Of
     * Java records, a field that may be null is an {@code Optional} component; a missing one is allowed there only.
     * Dates are {@code LocalDate}, timestamps {@code Instant}, enums {@code enum} or {@code String}, decimals {@code
     * String} or {@code double}; integers widen, and nested records, arrays and maps are records, {@code List} and
     * {@code Map}.
     *
     * @throws InvalidInputException if the class is neither
     */
    public <T> Source<T> as(Class<T> wanted) {
        return AvroRecords.source(paths, RowFormat.AVRO, wanted);
    }

    /** As rows of a schema, with their places. */
    public Source<AvroRow> rows(Schema schema) {
        return new AvroSource<>(paths, Optional.of(schema), RowFormat.AVRO, any -> row -> row, any -> noType());
    }

    /**
     * The schema of a file's records.
     *
     * @throws InvalidInputException if it is not an Avro data file, or not one of records
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    public static Schema schemaOf(Path file) {
        return AvroFile.schemaOf(file);
    }

    private static <T> Type<T> noType() {
        throw new InvalidInputException(
                "Rows cannot be shuffled or published as they are. Read generic records, or map them to a record.");
    }
}
