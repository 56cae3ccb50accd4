package io.slipway.batch.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.BadRecord;
import io.slipway.batch.TaskSummary;
import io.slipway.model.json.JsonFields;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What tasks have counted as JSON, for entries of a journal. Stateless. */
final class TaskCountsJson {

    private TaskCountsJson() {}

    /** Adds the fields to a JSON object. */
    static void write(TaskCounts counts, ObjectNode json) {
        TaskSummary summary = counts.summary();
        json.put("attempts", summary.attempts());
        json.put("records", summary.records());
        json.put("bytes", summary.bytes());
        json.put("nanos", summary.duration().toNanos());
        json.put("recordsIn", counts.recordsIn());
        json.put("unread", counts.unread());
        json.put("bytesIn", counts.bytesIn());
        json.put("recordsOut", counts.recordsOut());
        json.put("shuffledRecords", counts.shuffledRecords());
        json.put("spills", counts.spills());
        json.put("spilledBytes", counts.spilledBytes());
        ObjectNode counters = json.putObject("counters");
        counts.counters().forEach(counters::put);
        ArrayNode bad = json.putArray("badRecords");
        for (BadRecord record : counts.badRecords()) {
            ObjectNode entry = bad.addObject();
            entry.put("file", record.file()).put("place", record.place());
            entry.put("reason", record.reason()).put("value", record.value());
        }
    }

    /** Reads the fields of what a task has counted. */
    static TaskCounts read(TaskId task, JsonFields json) {
        JsonFields counters = json.object("counters");
        Map<String, Long> counts = new TreeMap<>();
        counters.names().forEach(name -> counts.put(name, counters.integer(name)));
        TaskSummary summary = new TaskSummary(
                task.task(),
                json.count("attempts"),
                json.longCount("records"),
                json.longCount("bytes"),
                Duration.ofNanos(json.longCount("nanos")));
        return new TaskCounts(
                summary,
                json.longCount("recordsIn"),
                json.longCount("unread"),
                json.longCount("bytesIn"),
                json.longCount("recordsOut"),
                json.longCount("shuffledRecords"),
                json.longCount("spills"),
                json.longCount("spilledBytes"),
                counts,
                json.objects(
                        "badRecords",
                        bad -> new BadRecord(
                                bad.text("file"), bad.text("place"), bad.text("reason"), bad.text("value"))));
    }
}
