package io.slipway.batch.table;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.Source;
import io.slipway.batch.format.JsonLines;
import io.slipway.batch.format.JsonRow;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A table in JSON Lines files. */
final class JsonTable extends Table {

    JsonTable(List<Path> files, TableSpec spec) {
        super(files, spec);
    }

    @Override
    public void publish(Job job, Publication publication, TableSchemas schemas) {
        job.read(rows()).publishEncoded(schemas.sized(publication), schemas.key(), schemas.value(), encoder(schemas));
    }

    @Override
    TableSchemas infer(SchemaPlan plan, int parallelism, JobListener listener) {
        TableScan<JsonRow, JsonObserver> scan = new TableScan<>(rows(), JsonObserver::new, listener);
        JsonFields seen = scan.run(parallelism).fields();
        List<String> names = seen.names();
        if (names.isEmpty()) {
            return plan.inferred(spec().key(), name -> Schema.create(Schema.Type.STRING), name -> false);
        }
        Stream.of(spec().key(), spec().value(), spec().types().keySet())
                .flatMap(Collection::stream)
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidInputException(
                            "No row of " + files().get(0) + (files().size() > 1 ? " and the others" : "")
                                    + " has a field '" + name + "'. The fields are " + String.join(", ", names)
                                    + ". Name one of these.");
                });
        return plan.inferred(names, name -> seen.type(name, "", plan.valueName()), seen::isNullable)
                .foundIn(scan.contentBytes());
    }

    @Override
    void check(TableSchemas schemas) {
        encoder(schemas);
    }

    private Source<JsonRow> rows() {
        return JsonLines.files(files()).rows();
    }

    private JsonEncoder encoder(TableSchemas schemas) {
        return new JsonEncoder(
                schemas,
                spec().key(),
                spec().marker(),
                spec().value().isEmpty() ? JsonSlots.Others.REFUSE : JsonSlots.Others.LEAVE_OUT);
    }
}
