package io.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.StageSummary;
import io.slipway.batch.TaskSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where a job spent its time: a line a stage.
 *
 * @param stages what each stage did
 */
record StageTable(List<StageSummary> stages) {

    private static final double MEBIBYTE = 1 << 20;

    void print(PrintWriter out) {
        TextTable table = new TextTable(
                "rlrrrrrrr", "stage", "", "tasks", "failed", "records", "spilled MiB", "skew", "slowest", "s");
        for (StageSummary stage : stages) {
            table.add(
                    stage.stage(),
                    stage.name(),
                    stage.tasks(),
                    stage.failedAttempts(),
                    String.format(Locale.ROOT, "%,d", stage.records()),
                    String.format(Locale.ROOT, "%,.1f", stage.spilledBytes() / MEBIBYTE),
                    String.format(Locale.ROOT, "%.2f", stage.skew()),
                    stage.slowest().map(StageTable::slowest).orElse("-"),
                    seconds(stage.elapsed()));
        }
        table.print(out);
    }

    JsonNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (StageSummary stage : stages) {
            ObjectNode json = all.addObject();
            json.put("stage", stage.stage());
            json.put("name", stage.name());
            json.put("tasks", stage.tasks());
            json.put("failedAttempts", stage.failedAttempts());
            json.put("records", stage.records());
            json.put("bytes", stage.bytes());
            json.put("spilledBytes", stage.spilledBytes());
            json.put("seconds", stage.elapsed().toMillis() / 1000.0);
            json.put("skew", stage.skew());
            stage.slowest().ifPresent(task -> json.set("slowestTask", json(task)));
            stage.largest().ifPresent(task -> json.set("largestTask", json(task)));
        }
        return all;
    }

    /** A task as JSON. */
    static ObjectNode json(TaskSummary task) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("task", task.task());
        json.put("attempts", task.attempts());
        json.put("records", task.records());
        json.put("bytes", task.bytes());
        json.put("seconds", task.duration().toMillis() / 1000.0);
        return json;
    }

    private static String slowest(TaskSummary task) {
        return "task " + task.task() + ": " + seconds(task.duration());
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
