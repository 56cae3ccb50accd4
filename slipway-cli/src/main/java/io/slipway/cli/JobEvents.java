package io.slipway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.StageProgress;
import io.slipway.batch.TaskSummary;
import io.slipway.model.RunId;
import java.io.PrintWriter;

/**
 * Tells programs how a job gets on: a JSON document a line, each with its {@code event}: {@code resumed} or
 * {@code startedOver} if an earlier process has left the run unfinished, {@code stageStarted},
 * {@code stageProgress}, {@code taskFinished}, {@code attemptFailed}, {@code stageFinished}. Thread-safe.
 */
final class JobEvents implements JobFeedback {

    private final PrintWriter err;

    JobEvents(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void resumed(RunId run, int tasksDone, int tasks) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        tell(
                "resumed",
                json.put("runId", run.value()).put("tasksDone", tasksDone).put("tasks", tasks));
    }

    @Override
    public void startedOver(RunId run, String change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        tell("startedOver", json.put("runId", run.value()).put("change", change));
    }

    @Override
    public void stageStarted(StageProgress progress) {
        tell("stageStarted", json(progress));
    }

    @Override
    public void stageProgress(StageProgress progress) {
        tell("stageProgress", json(progress));
    }

    @Override
    public void stageFinished(StageProgress progress) {
        tell("stageFinished", json(progress));
    }

    @Override
    public void taskFinished(int stage, TaskSummary task) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("stage", stage);
        tell("taskFinished", json.setAll(StageTable.json(task)));
    }

    @Override
    public void attemptFailed(String stage, int task, int attempt, Throwable cause) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", stage).put("task", task).put("attempt", attempt + 1).put("cause", cause.getMessage());
        tell("attemptFailed", json);
    }

    @Override
    public void close() {
        err.flush();
    }

    private void tell(String event, ObjectNode content) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", event);
        line.setAll(content);
        synchronized (err) {
            err.println(line);
            err.flush();
        }
    }

    private static ObjectNode json(StageProgress progress) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("stage", progress.stage());
        json.put("stages", progress.stages());
        json.put("name", progress.name());
        json.put("tasks", progress.tasks());
        json.put("tasksDone", progress.tasksDone());
        json.put("bytesRead", progress.bytesRead());
        json.put("bytesTotal", progress.bytesTotal());
        json.put("recordsRead", progress.recordsRead());
        json.put("recordsTotal", progress.recordsTotal());
        json.put("spilledBytes", progress.spilledBytes());
        json.put("seconds", progress.elapsed().toMillis() / 1000.0);
        return json;
    }
}
