package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.BadRecord;
import io.slipway.batch.JobResult;
import io.slipway.batch.SourceContext;
import io.slipway.batch.WrittenFolder;
import io.slipway.controller.VersionView;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code run} tells at its end.
 *
 * @param result how the job went
 */
record RunSummary(JobResult result) {

    void print(PrintWriter out) {
        double seconds = Math.max(0.001, result.duration().toMillis() / 1000.0);
        out.println(String.format(
                Locale.ROOT,
                "Job %s: %,d records in, %,d out, %.1f s (%,.0f records/s).",
                result.job(),
                result.recordsIn(),
                result.recordsOut(),
                seconds,
                result.recordsIn() / seconds));
        new StageTable(result.stages()).print(out);
        new TreeMap<>(result.counters())
                .forEach((name, count) -> out.println(String.format(Locale.ROOT, "  %s: %,d", name, count)));
        for (BadRecord bad : result.badRecords()) {
            out.println("  left out: " + bad.text());
        }
        for (CommittedVersion version : result.publications()) {
            out.println(text(version.manifest()));
        }
        for (WrittenFolder written : result.written()) {
            out.println(String.format(
                    Locale.ROOT,
                    "Wrote %s: records %,d, files %,d, bytes %,d.",
                    written.folder(),
                    written.records(),
                    written.files().size(),
                    written.bytes()));
        }
        out.flush();
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("job", result.job());
        json.put("seconds", result.duration().toMillis() / 1000.0);
        json.put("recordsIn", result.recordsIn());
        json.put("bytesIn", result.bytesIn());
        json.put("recordsOut", result.recordsOut());
        json.put("failedAttempts", result.failedAttempts());
        json.put("spills", result.spills());
        json.put("spilledBytes", result.spilledBytes());
        json.put("shuffledRecords", result.shuffledRecords());
        json.set("stages", new StageTable(result.stages()).json());
        ObjectNode counters = json.putObject("counters");
        for (Map.Entry<String, Long> counter : new TreeMap<>(result.counters()).entrySet()) {
            counters.put(counter.getKey(), counter.getValue());
        }
        ObjectNode bad = json.putObject("badRecords");
        bad.put("count", result.counter(SourceContext.BAD_RECORDS));
        ArrayNode examples = bad.putArray("examples");
        for (BadRecord record : result.badRecords()) {
            examples.addObject()
                    .put("file", record.file())
                    .put("place", record.place())
                    .put("reason", record.reason());
        }
        ArrayNode versions = json.putArray("versions");
        result.publications().forEach(version -> versions.add(VersionView.manifestJson(version.manifest())));
        ArrayNode folders = json.putArray("written");
        result.written()
                .forEach(written -> folders.addObject()
                        .put("folder", written.folder().toString())
                        .put("records", written.records())
                        .put("files", written.files().size())
                        .put("bytes", written.bytes()));
        return json;
    }

    private static String text(Manifest manifest) {
        return String.format(
                Locale.ROOT,
                "Published %s: records %,d, duplicates %,d, partitions %d, bytes %,d, digest %s.",
                manifest.version(),
                manifest.digest().records(),
                manifest.duplicates(),
                manifest.partitions().size(),
                manifest.bytes(),
                manifest.digest().hex());
    }
}
