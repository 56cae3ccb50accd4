package io.slipway.batch.table;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.Source;
import io.slipway.batch.format.Avro;
import io.slipway.batch.format.AvroRow;
import io.slipway.batch.format.Parquet;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** A table in files that have a schema of their own. All are read with the row schema, or else that of the first. */
final class AvroTable extends Table {

    private final TableFormat format;
    private final List<Schema> written;
    private final Schema row;

    AvroTable(List<Path> files, TableFormat format, TableSpec spec) {
        super(files, spec);
        this.format = format;
        if (!spec.types().isEmpty()) {
            throw new InvalidInputException(
                    "The input has types of its own, and --type is for CSV and JSON Lines. Leave it away, or use --schema.");
        }
        this.written = files.stream()
                .map(file -> format == TableFormat.PARQUET ? Parquet.schemaOf(file) : Avro.schemaOf(file))
                .toList();
        if (format == TableFormat.PARQUET && spec.rowSchema().isPresent()) {
            throw new InvalidInputException(
                    "Parquet is read with its own types, and --schema is for the other formats. Leave it away.");
        }
        Schema first = written.get(0);
        this.row = spec.rowSchema().map(schema -> named(schema, first)).orElse(first);
        if (spec.marker().isPresent() && row.getField(spec.marker().column()) == null) {
            throw new InvalidInputException("The schema " + row.getFullName() + " has no field '"
                    + spec.marker().column() + "', which marks deletes. Name another with --delete-marker.");
        }
        if (spec.value().isEmpty()) {
            checkNothingIsLost();
        }
    }

    @Override
    public void publish(Job job, Publication publication, TableSchemas schemas) {
        job.read(rows()).publishEncoded(publication, schemas.key(), schemas.value(), encoder(schemas));
    }

    @Override
    Optional<TableSchemas> ownSchemas(SchemaPlan plan) {
        return Optional.of(plan.own(row));
    }

    @Override
    TableSchemas infer(SchemaPlan plan, int parallelism, JobListener listener) {
        return plan.own(row);
    }

    @Override
    void check(TableSchemas schemas) {
        encoder(schemas);
    }

    private Source<AvroRow> rows() {
        return format == TableFormat.PARQUET
                ? Parquet.files(files()).rows()
                : Avro.files(files()).rows(row);
    }

    private AvroEncoder encoder(TableSchemas schemas) {
        return new AvroEncoder(row, schemas, spec().key(), spec().marker());
    }

    /** Refuses files with fields that all would be published and have no place in the schema that they are read with. */
    private void checkNothingIsLost() {
        Set<String> known = new HashSet<>(Fields.names(row));
        for (int i = 0; i < written.size(); i++) {
            for (String name : Fields.names(written.get(i))) {
                if (!known.contains(name)) {
                    throw new InvalidInputException(files().get(i) + " has a field '" + name + "', and "
                            + (spec().rowSchema().isPresent() ? "the schema that --schema names" : "the first file")
                            + " has none. Say with --value which fields to publish, or give a schema with --schema.");
                }
            }
        }
    }

    /** A record's schema with the name of another, which Avro's rules for reading ask for. */
    private static Schema named(Schema schema, Schema other) {
        if (schema.getFullName().equals(other.getFullName())) {
            return schema;
        }
        List<Schema.Field> fields = schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(other.getName(), schema.getDoc(), other.getNamespace(), false, fields);
    }
}
