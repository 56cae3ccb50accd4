package io.slipway.batch.table;

import io.slipway.batch.format.Compression;
import io.slipway.model.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The formats that tables are read from; texts may be compressed. */
public enum TableFormat {
    /** Comma-separated values, with names in the first record or without. */
    CSV(".csv"),
    /** A JSON object a line. */
    JSONL(".jsonl", ".ndjson"),
    /** Avro data files, which have a schema of their own. */
    AVRO(".avro"),
    /** Parquet files, which have a schema of their own. */
    PARQUET(".parquet");

    private final String ending;
    private final String otherEnding;

    TableFormat(String ending) {
        this(ending, ending);
    }

    TableFormat(String ending, String otherEnding) {
        this.ending = ending;
        this.otherEnding = otherEnding;
    }

    /** The name as users write it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether files of the format say themselves of which types their fields are. */
    public boolean hasSchema() {
        return this == AVRO || this == PARQUET;
    }

    /**
     * Reads a name as users write it.
     *
     * @throws InvalidInputException if there is no such format
     */
    public static TableFormat ofLabel(String label) {
        for (TableFormat format : values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw new InvalidInputException(
                "'" + label + "' is not a format that is read. Use csv, jsonl, avro or parquet.");
    }

    /**
     * The format that the names of all files end with, apart from those of compression.
     *
     * @throws InvalidInputException if a name tells no format, or two tell different ones
     */
    public static TableFormat of(List<Path> files) {
        List<TableFormat> found = files.stream().map(TableFormat::of).distinct().toList();
        if (found.size() > 1) {
            throw new InvalidInputException(
                    "The inputs are of several formats. Publish files of one format, or say --format.");
        }
        return found.get(0);
    }

    private static TableFormat of(Path file) {
        String plain = Compression.nameWithoutEnding(String.valueOf(file.getFileName()));
        for (TableFormat format : values()) {
            if (plain.endsWith(format.ending) || plain.endsWith(format.otherEnding)) {
                return format;
            }
        }
        throw new InvalidInputException(
                "The name of " + file + " does not tell its format. Say it with --format csv, jsonl, avro or parquet.");
    }
}
