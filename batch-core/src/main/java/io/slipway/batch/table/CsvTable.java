package io.slipway.batch.table;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.Source;
import io.slipway.batch.format.CsvRow;
import io.slipway.batch.table.TableSchemas.Origin;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A table in CSV files, all of which have the same columns, in any order. */
final class CsvTable extends Table {

    private static final String ADVICE =
            "Correct the file, say with --value which columns to publish, or use --new-schema to find types afresh.";

    private final List<CsvHeader> headers;

    CsvTable(List<Path> files, TableSpec spec) {
        super(files, spec);
        this.headers =
                files.stream().map(file -> CsvHeader.read(file, spec.dialect())).toList();
        for (CsvHeader header : headers) {
            wanted(spec).forEach(header::indexOf);
        }
    }

    @Override
    public void publish(Job job, Publication publication, TableSchemas schemas) {
        job.read(rows()).publishEncoded(schemas.sized(publication), schemas.key(), schemas.value(), encoder(schemas));
    }

    @Override
    TableSchemas infer(SchemaPlan plan, int parallelism, JobListener listener) {
        CsvHeader first = headers.get(0);
        List<String> names = spec().value().isEmpty() ? first.names() : List.copyOf(wanted(spec()));
        if (spec().value().isEmpty()) {
            checkAll(names, first.file().toString());
            checkOnly(names, first.file().toString());
        }
        TableScan<CsvRow, CsvObserver> scan = new TableScan<>(rows(), () -> new CsvObserver(names), listener);
        CsvObserver seen = scan.run(parallelism);
        return plan.inferred(names, seen::type, seen::hasNull).foundIn(scan.contentBytes());
    }

    @Override
    void check(TableSchemas schemas) {
        encoder(schemas);
        Set<String> fields = new LinkedHashSet<>(spec().key());
        fields.addAll(Fields.names(schemas.value()));
        checkAll(fields, schemas.origin().owner());
        if (spec().value().isEmpty() && schemas.origin() != Origin.INFERRED) {
            fields.add(spec().marker().column());
            checkOnly(fields, schemas.origin().owner());
        }
    }

    /** Refuses files that lack a column. */
    private void checkAll(Collection<String> names, String owner) {
        for (CsvHeader header : headers) {
            for (String name : names) {
                if (!header.names().contains(name)) {
                    throw new InvalidInputException(header.file() + " has no column '" + name + "', and " + owner
                            + " has one. Its columns are " + String.join(", ", header.names()) + ". " + ADVICE);
                }
            }
        }
    }

    /** Refuses files that have further columns. */
    private void checkOnly(Collection<String> names, String owner) {
        for (CsvHeader header : headers) {
            for (String name : header.names()) {
                if (!names.contains(name)) {
                    throw new InvalidInputException(
                            header.file() + " has a column '" + name + "', and " + owner + " has none. " + ADVICE);
                }
            }
        }
    }

    private Source<CsvRow> rows() {
        return spec().dialect().files(files()).rows();
    }

    private CsvEncoder encoder(TableSchemas schemas) {
        return new CsvEncoder(schemas, spec().key(), spec().marker());
    }

    private static Set<String> wanted(TableSpec spec) {
        Set<String> names = new LinkedHashSet<>(spec.key());
        names.addAll(spec.value());
        names.addAll(spec.types().keySet());
        if (spec.marker().isPresent()) {
            names.add(spec.marker().column());
        }
        return names;
    }
}
