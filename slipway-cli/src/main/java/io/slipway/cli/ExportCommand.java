package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.Manifest;
import io.slipway.sst.RecordCursor;
import io.slipway.sst.VersionRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipway export}: a version as a file. */
@Command(
        name = "export",
        description = {
            "Writes the records of a committed version as rows, by key, with a column for each field of key and value.",
            "`slipway publish` reads what it writes: with the types of --schema-output as --schema, the content is the same."
        })
final class ExportCommand implements Callable<Integer> {

    private static final int RECORDS_A_REPORT = 1 << 12;

    @Mixin
    private RepositoryOption repository;

    @Mixin
    private VersionOptions versions;

    @Parameters(
            index = "0",
            paramLabel = "DATASET",
            converter = DatasetNameConverter.class,
            description = "The dataset.")
    private DatasetName dataset;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
    private long version;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "csv, jsonl or avro.")
    private RowFile.Format format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file, which is there when it is whole. Default: standard output, but for avro.")
    private Path output;

    @Option(
            names = "--schema-output",
            paramLabel = "FILE",
            description = "Also write the Avro schema of the rows to this file, for `slipway publish --schema`.")
    private Path schemaOutput;

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Names for the key's columns. Default: those of its fields; for a key that is not a record: key.")
    private List<String> keyNames = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (format == RowFile.Format.AVRO && output == null) {
            throw new ParameterException(
                    spec.commandLine(), "Avro is not for people to see. Name a file with --output.");
        }
        try (OpenRepository opened = repository.open();
                OpenVersions reading = versions.open(opened, spec.commandLine())) {
            Manifest manifest = CommittedVersions.readable(opened, dataset, version);
            VersionRecords records = new VersionRecords(reading.files(), manifest);
            ExportedRows rows = new ExportedRows(manifest, keyNames);
            if (output == null) {
                write(records, rows, new TextStream(spec.commandLine().getOut()));
            } else {
                writeFile(records, rows);
            }
            if (schemaOutput != null) {
                writeSchema(rows.schema());
            }
            return Failures.DONE;
        }
    }

    private void writeFile(VersionRecords records, ExportedRows rows) throws IOException {
        long written;
        try (WholeFile file = WholeFile.create(output)) {
            written = write(records, rows, file);
            file.complete();
        }
        spec.commandLine().getErr().printf("Wrote %,d records to %s.%n", written, output);
    }

    /** Gives the number of rows. */
    private long write(VersionRecords source, ExportedRows rows, OutputStream out) {
        try (Progress progress = Progress.ofRecords(
                        "Exporting", source.manifest().digest().records());
                RecordCursor records = source.open();
                RowFile file = format.open(rows.schema(), out)) {
            long written = 0;
            while (records.next()) {
                file.write(rows.row(records));
                if (++written % RECORDS_A_REPORT == 0) {
                    progress.advance(RECORDS_A_REPORT);
                }
            }
            out.flush();
            return written;
        } catch (IOException e) {
            throw new UnavailableException(
                    "The rows cannot be written (" + e.getMessage() + "). Check the place and the space on its disk.",
                    e);
        }
    }

    private void writeSchema(Schema schema) throws IOException {
        try (WholeFile file = WholeFile.create(schemaOutput)) {
            file.write(schema.toString().getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }
}
