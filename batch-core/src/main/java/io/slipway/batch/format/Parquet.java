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

    /** As Avro's generic records, without conversions of logical types. */
    public Source<GenericRecord> generic() {
        return new AvroSource<>(paths, Optional.empty(), RowFormat.PARQUET, AvroRow::record, Type::generic);
    }

    /** As rows, with their places. */
    public Source<AvroRow> rows() {
        return new AvroSource<>(paths, Optional.empty(), RowFormat.PARQUET, row -> row, any -> noType());
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
