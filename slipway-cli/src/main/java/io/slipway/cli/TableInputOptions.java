package io.slipway.cli;

import io.slipway.batch.Job;
import io.slipway.batch.table.ColumnType;
import io.slipway.batch.table.CsvDialect;
import io.slipway.batch.table.Table;
import io.slipway.batch.table.TableFormat;
import io.slipway.batch.table.TableSpec;
import io.slipway.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code publish} that say which files are read, and how. */
final class TableInputOptions {

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files, folders or patterns such as 'day-*.csv', or - for standard input; CSV and JSON Lines plain or compressed by gzip, bzip2 or zstd. Their order is that of the"
                            + " records where --duplicates says first or last.")
    private List<Path> inputs;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = LabelConverters.OfFormat.class,
            description = "csv, jsonl, avro or parquet. Default: by the files' names, without .gz, .bz2 or .zst.")
    private TableFormat format;

    @Option(
            names = "--key",
            required = true,
            split = ",",
            paramLabel = "FIELD",
            description = "The columns that make the key. One: its own type; several: a record key, in this order.")
    private List<String> key;

    @Option(
            names = "--value",
            split = ",",
            paramLabel = "FIELD",
            description = "The columns that make the value. Default: all that are not of the key.")
    private List<String> value = List.of();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description =
                    "Avro schema (.avsc) of the whole row: a record with a field for each column of key and value.")
    private Path schema;

    @Option(
            names = "--type",
            split = ",(?![^(]*\\))",
            splitSynopsisLabel = ",",
            paramLabel = "FIELD:TYPE",
            description =
                    "The type of a column of CSV or JSON Lines: string, int, long, float, double, boolean, bytes, uuid, date,"
                            + " timestamp, timestamp-micros or decimal(DIGITS,DIGITS BEHIND THE POINT). Others keep the type of the current version, or get the one that all rows fit.")
    private List<String> types = List.of();

    @Option(
            names = "--new-schema",
            description =
                    "Find the types of CSV and JSON Lines afresh, instead of keeping those of the current version;"
                            + " Avro and Parquet always come with theirs. Readers of the current version must still be able to"
                            + " read the new one.")
    private boolean newSchema;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            description = "What is between the fields of CSV; \\t or tab for a tab. Default: a comma.")
    private String delimiter;

    @Option(names = "--no-header", description = "The CSV does not begin with names; columns are called c1, c2 …")
    private boolean noHeader;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "An unquoted field of CSV with this text is null, as an empty one is.")
    private String nullText;

    /** Whether types are found afresh. */
    boolean isNewSchema() {
        return newSchema;
    }

    /**
     * What is to be read as what.
     *
     * @throws ParameterException if the options contradict themselves
     * @throws InvalidInputException if the schema file cannot be used
     */
    TableSpec spec(CommandLine command) {
        Optional<Schema> row = Optional.ofNullable(schema).map(TableInputOptions::readSchema);
        try {
            TableSpec spec = TableSpec.withKey(key)
                    .withValue(value)
                    .withTypes(columnTypes())
                    .withDialect(dialect());
            if (row.isPresent() && (!types.isEmpty() || newSchema)) {
                throw new InvalidInputException("--schema gives all types; leave --type and --new-schema away.");
            }
            return row.map(spec::withRowSchema).orElse(spec);
        } catch (InvalidInputException e) {
            throw new ParameterException(command, e.getMessage(), e);
        }
    }

    /**
     * The table in the files.
     *
     * @param scratch where standard input is kept, if it is read
     * @throws ParameterException if there are options that their format does not have
     * @throws InvalidInputException if the files cannot be used
     */
    Table table(TableSpec spec, Path scratch, CommandLine command) {
        List<Path> files = Table.filesOf(withStandardInput(scratch, command));
        TableFormat found = format == null ? TableFormat.of(files) : format;
        if (found != TableFormat.CSV && (delimiter != null || noHeader || nullText != null)) {
            throw new ParameterException(
                    command,
                    "--delimiter, --no-header and --null are for CSV, and the input is " + found.label()
                            + ". Leave them away.");
        }
        if (found.hasSchema() && !types.isEmpty()) {
            throw new ParameterException(
                    command,
                    "--type is for CSV and JSON Lines, and the input is " + found.label()
                            + ", which has types of its own. Leave it away, or use --schema.");
        }
        return Table.of(files, found, spec);
    }

    private List<Path> withStandardInput(Path scratch, CommandLine command) {
        int at = inputs.indexOf(StandardInput.NAME);
        if (at < 0) {
            return inputs;
        }
        if (format == null || at != inputs.lastIndexOf(StandardInput.NAME)) {
            throw new ParameterException(
                    command,
                    format == null
                            ? "Standard input has no name that tells its format. Say it with --format."
                            : "--input names standard input twice, and it can be read once. Name it once.");
        }
        List<Path> files = new ArrayList<>(inputs);
        files.set(at, StandardInput.keptIn(scratch, System.in));
        return files;
    }

    /** Notes in a job what its result depends on. */
    void addParameters(Job job) {
        job.parameter("key", String.join(",", key));
        job.parameter("value", String.join(",", value));
        job.parameter("types", String.join(",", types));
        job.parameter("newSchema", newSchema);
        job.parameter(
                "schema",
                Optional.ofNullable(schema)
                        .map(TableInputOptions::readSchema)
                        .map(Schema::toString)
                        .orElse(""));
        job.parameter("format", format == null ? "" : format.label());
        job.parameter("delimiter", delimiter == null ? "," : delimiter);
        job.parameter("header", !noHeader);
        job.parameter("null", nullText == null ? "" : nullText);
    }

    private Map<String, ColumnType> columnTypes() {
        Map<String, ColumnType> found = new LinkedHashMap<>();
        for (String type : types) {
            int colon = type.lastIndexOf(':');
            if (colon < 1) {
                throw new InvalidInputException(
                        "--type '" + type + "' is not of the form FIELD:TYPE. Write zip:string, say.");
            }
            found.put(type.substring(0, colon), ColumnType.of(type.substring(colon + 1)));
        }
        return found;
    }

    private CsvDialect dialect() {
        return new CsvDialect(
                delimiter == null ? ',' : delimiterCharacter(),
                noHeader ? CsvDialect.Header.NONE : CsvDialect.Header.NAMES,
                Optional.ofNullable(nullText));
    }

    private char delimiterCharacter() {
        if (delimiter.equals("\\t") || delimiter.equals("tab")) {
            return '\t';
        }
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new InvalidInputException(
                    "--delimiter '" + delimiter + "' cannot be one. Give one character that is no quote, or tab.");
        }
        return delimiter.charAt(0);
    }

    private static Schema readSchema(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidInputException("The schema " + file + " cannot be read (" + e + "). Check the path.", e);
        } catch (SchemaParseException e) {
            throw new InvalidInputException(
                    "The schema " + file + " is no Avro schema: " + e.getMessage() + ". Correct it.", e);
        }
    }
}
