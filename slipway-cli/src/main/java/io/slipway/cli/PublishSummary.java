package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.controller.VersionView;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * What {@code publish} tells at its end.
 *
 * @param manifest what was published, or would have been
 * @param rows how many rows were read; 0 if the run had published before
 * @param badRows how many rows could not be used, and went to the dead letters
 * @param time how long it took, finding the types included
 * @param repository the repository as it was given, if it was
 */
record PublishSummary(Manifest manifest, long rows, long badRows, Duration time, Optional<Path> repository) {

    /** Tells people what was published, and what comes next. */
    void print(PrintWriter out, boolean isRepeat) {
        out.println(
                isRepeat
                        ? "Run " + manifest.runId() + " had published " + manifest.version()
                                + " before; nothing was added."
                        : "Published " + manifest.version() + ".");
        printCounts(out);
        line(out, "bytes", number(manifest.bytes()));
        line(out, "digest", manifest.digest().hex());
        if (!isRepeat) {
            line(out, "time", timeText());
        }
        out.println();
        String folder = repository.map(Path::toString).orElse("FOLDER");
        String cluster = manifest.route() == Route.KAFKA ? " --kafka HOST:PORT" : "";
        out.println("Its state:  slipway versions " + manifest.version().dataset() + " --repository " + folder);
        out.println("To serve it: slipway serve --repository " + folder + cluster);
        out.flush();
    }

    /** Tells people what would be published. */
    void printDryRun(PrintWriter out) {
        out.println("Nothing was published. " + manifest.version().dataset() + " would get:");
        line(out, "key", keyText());
        line(out, "value", fields(manifest.valueSchema()));
        line(out, "rows", number(rows));
        printCounts(out);
        line(out, "digest", manifest.digest().hex());
        if (isRefused()) {
            out.println();
            out.println("The duplicates would be refused: choose a longer --key, or --duplicates first or last.");
        }
        out.flush();
    }

    /** What was published, as JSON. */
    JsonNode json() {
        return VersionView.manifestJson(manifest);
    }

    /** The same as {@link #printDryRun}, as JSON. */
    JsonNode dryRunJson() {
        ObjectNode json = VersionView.manifestJson(manifest);
        json.remove("version");
        json.remove("bytes");
        json.put("rows", rows);
        json.set("keySchema", schemaJson(manifest.keySchema()));
        json.set("valueSchema", schemaJson(manifest.valueSchema()));
        return json;
    }

    private void printCounts(PrintWriter out) {
        manifest.delta().ifPresent(delta -> {
            line(out, "base", "version " + delta.base());
            line(out, "puts", number(manifest.digest().records() - delta.deletes()));
            line(out, "deletes", number(delta.deletes()));
        });
        if (manifest.delta().isEmpty()) {
            line(out, "records", number(manifest.digest().records()));
        }
        line(out, "duplicates", number(manifest.duplicates()) + fate());
        line(out, "partitions", number(manifest.partitions().size()));
        if (badRows > 0) {
            line(out, "bad rows", number(badRows) + " left out, see the dead letters");
        }
    }

    private String fate() {
        if (manifest.duplicates() == 0 || isRefused()) {
            return "";
        }
        return " left out, the " + manifest.policy().label() + " of each key kept";
    }

    private boolean isRefused() {
        return manifest.duplicates() > 0 && manifest.policy() == DuplicatePolicy.FAIL;
    }

    private String timeText() {
        double seconds = Math.max(0.001, time.toMillis() / 1000.0);
        return String.format(Locale.ROOT, "%.1f s (%,.0f rows/s)", seconds, rows / seconds);
    }

    private String keyText() {
        return manifest.keySchema().getType() == Schema.Type.RECORD
                ? fields(manifest.keySchema())
                : KeyCodec.of(manifest.keySchema()).fields().get(0).typeName();
    }

    private static String fields(Schema record) {
        return record.getFields().stream()
                .map(field -> field.name() + " " + typeName(field.schema()))
                .collect(Collectors.joining(", "));
    }

    private static String typeName(Schema schema) {
        if (schema.isUnion()) {
            return schema.getTypes().stream().map(PublishSummary::typeName).collect(Collectors.joining(" or "));
        }
        return schema.getLogicalType() == null
                ? schema.getType().getName()
                : schema.getLogicalType().getName();
    }

    private static JsonNode schemaJson(Schema schema) {
        try {
            return new ObjectMapper().readTree(schema.toString());
        } catch (IOException e) {
            throw new IllegalStateException("Avro writes schemas as JSON", e);
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-10s  %s", name, value));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
