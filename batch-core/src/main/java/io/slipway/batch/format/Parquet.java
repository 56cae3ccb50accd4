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
 * Parquet files as Avro records: of the Avro schema that a file was written with, where it says so, or else of the one
 * that its types are mapped to. All files must have one schema. Large files are cut at row groups. Immutable.
 */
public final class Parquet {

    private final List<Path> paths;

    private Parquet(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Files, folders (all visible files in them, sorted) or globs. */
    public static Parquet files(List<Path> paths) {
        return new Parquet(paths);
    }

    /**
     * A folder of Parquet files, compressed by zstandard, with row groups of 16 MiB; a task that writes takes about as
     * much memory on top of the engine's.
     */
    public static FileSink<Object> to(Path folder) {
        return FileSink.of(folder, WrittenFormat.PARQUET);
    }

    /** As Avro's generic records, without conversions of logical types. */
    public Source<GenericRecord> generic() {
        return new AvroSource<>(paths, Optional.empty(), RowFormat.PARQUET, any -> AvroRow::record, Type::generic);
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
        return AvroRecords.source(paths, RowFormat.PARQUET, wanted);
    }

    /** As rows, with their places. */
    public Source<AvroRow> rows() {
        return new AvroSource<>(paths, Optional.empty(), RowFormat.PARQUET, any -> row -> row, any -> noType());
    }

    /**
     * The Avro schema of a file's records.
     *
     * @throws InvalidInputException if it is not a Parquet file, or has types that Avro has not
     * @throws io.slipway.model.UnavailableException if it cannot be read
     */
    public static Schema schemaOf(Path file) {
        return ParquetFile.schemaOf(file);
    }

    private static <T> Type<T> noType() {
        throw new InvalidInputException(
                "Rows cannot be shuffled or published as they are. Read generic records, or map them to a record.");
    }
}
