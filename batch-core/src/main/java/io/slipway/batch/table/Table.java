package io.slipway.batch.table;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.format.TextLines;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files whose rows become the records of a version. Immutable and thread-safe. */
public abstract sealed class Table permits AvroTable, CsvTable, JsonTable {

    private final List<Path> files;
    private final TableSpec spec;

    Table(List<Path> files, TableSpec spec) {
        this.files = files;
        this.spec = spec;
    }

    /**
     * The table in files of a format. Looks at the beginning of each file, where that tells its columns.
     *
     * @param paths files, folders or globs
     * @throws InvalidInputException if a path names no file, a file is empty or lacks a column, or the specification
     *     contradicts itself
     */
    public static Table of(List<Path> paths, TableFormat format, TableSpec spec) {
        if (spec.rowSchema().isPresent() && !spec.types().isEmpty()) {
            throw new InvalidInputException(
                    "Types are given by both --schema and --type. Change the type in the schema instead.");
        }
        List<Path> files = filesOf(paths);
        return switch (format) {
            case CSV -> new CsvTable(files, spec);
            case JSONL -> new JsonTable(files, spec);
            case AVRO, PARQUET -> new AvroTable(files, format, spec);
        };
    }

    /**
     * The files that paths, folders and globs name, in order.
     *
     * @throws InvalidInputException if one names no file, or what cannot be read twice
     */
    public static List<Path> filesOf(List<Path> paths) {
        List<Path> files = TextLines.files(paths).files();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException("The input " + file
                        + " is not a file, and the input is read more than once. Save it to a file first.");
            }
        }
        return files;
    }

    /** The files, in order. */
    public final List<Path> files() {
        return files;
    }

    final TableSpec spec() {
        return spec;
    }

    /**
     * The schemas of keys and values: those of the row schema if there is one; else those of the input's own schema, if
     * its format has one; else those of the current version, so that types do not change from version to version; else
     * those that all rows of the input fit, which are found by reading all of it.
     *
     * @param dataset the dataset, which the schemas are named after
     * @param current the schemas that are to be kept, if there are such
     * @param parallelism how many parts of the input are read at once
     * @param listener is told how the reading gets on
     * @throws InvalidInputException if the columns do not fit the schemas, or rows are found that cannot be used
     * @throws io.slipway.model.UnavailableException if the input cannot be read
     */
    public final TableSchemas schemas(
            DatasetName dataset, Optional<TableSchemas> current, int parallelism, JobListener listener) {
        SchemaPlan plan = new SchemaPlan(dataset, spec);
        TableSchemas schemas = spec.rowSchema()
                .map(plan::given)
                .or(() -> ownSchemas(plan))
                .or(() -> current.map(plan::current))
                .orElseGet(() -> infer(plan, parallelism, listener));
        check(schemas);
        return schemas;
    }

    /** Adds the reading, encoding and publishing of the table to a job. */
    public abstract void publish(Job job, Publication publication, TableSchemas schemas);

    /** The schemas that the input itself has; none if its format says nothing of types. */
    Optional<TableSchemas> ownSchemas(SchemaPlan plan) {
        return Optional.empty();
    }

    /** The schemas that all rows fit. */
    abstract TableSchemas infer(SchemaPlan plan, int parallelism, JobListener listener);

    /** Refuses schemas that rows of this table cannot be encoded with. */
    abstract void check(TableSchemas schemas);
}
