package io.slipway.batch.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.shuffle.Run;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.CorruptDataException;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionReceiptJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Results of tasks as entries of a journal. Edges are named by their numbers, versions by their places among the job's
 * outputs, runs by their files. Immutable.
 */
final class TaskResultJson {

    private final Scratch scratch;
    private final List<Edge> edges;
    private final List<PublishTarget> targets;
    private final Optional<DeadLetterBox> deadLetters;

    TaskResultJson(
            Scratch scratch, List<Edge> edges, List<PublishTarget> targets, Optional<DeadLetterBox> deadLetters) {
        this.scratch = scratch;
        this.edges = edges;
        this.targets = targets;
        this.deadLetters = deadLetters;
    }

    /** The task that an entry is about. */
    static TaskId task(JsonFields json) {
        return new TaskId(json.count("stage"), json.count("task"));
    }

    /** A result's entry; empty if a part of it is only in memory. */
    Optional<ObjectNode> write(TaskResult result) {
        ObjectNode json = SealedJson.object();
        json.put("stage", result.task().stage());
        json.put("task", result.task().task());
        TaskCountsJson.write(result.counts(), json.putObject("counts"));
        ArrayNode shuffled = json.putArray("shuffled");
        ArrayNode partitions = json.putArray("partitions");
        ArrayNode refused = json.putArray("refused");
        for (Product product : result.products()) {
            if (product instanceof Product.Shuffled runs) {
                write(runs, shuffled.addObject());
            } else if (product instanceof Product.Partition partition) {
                write(partition, partitions.addObject());
            } else if (product instanceof Product.Refused letters) {
                write(letters.part(), refused.addObject());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(json);
    }

    /**
     * The result of an entry, if all that it names is still there and looks right: the runs by their lengths and
     * indexes, the partitions as their routes say. Blocks of runs are verified when they are read.
     */
    Optional<TaskResult> read(JsonFields json) throws IOException {
        List<Product> products = new ArrayList<>();
        try {
            json.objects("shuffled", this::readShuffled).forEach(products::add);
            json.objects("partitions", this::readPartition).forEach(products::add);
            json.objects("refused", this::readRefused).forEach(products::add);
        } catch (LostException e) {
            return Optional.empty();
        }
        TaskId task = task(json);
        return Optional.of(new TaskResult(task, TaskCountsJson.read(task, json.object("counts")), products));
    }

    private static void write(Product.Shuffled shuffled, ObjectNode json) {
        json.put("edge", shuffled.edge().number());
        ArrayNode runs = json.putArray("runs");
        for (Run run : shuffled.runs()) {
            runs.addObject().put("file", run.file().getFileName().toString()).put("bytes", run.bytes());
        }
    }

    private Product readShuffled(JsonFields json) {
        return new Product.Shuffled(edges.get(json.count("edge")), json.objects("runs", this::readRun));
    }

    private Run readRun(JsonFields json) {
        Path file = scratch.file(json.text("file"));
        try {
            Run run = Run.open(scratch, file);
            if (run.bytes() == json.longCount("bytes")) {
                return run;
            }
        } catch (IOException | CorruptDataException e) {
            throw new LostException(e);
        }
        throw new LostException(null);
    }

    private void write(Product.Partition partition, ObjectNode json) {
        json.put("target", targets.indexOf(partition.target()));
        PartitionReceiptJson.write(partition.receipt(), json.putObject("receipt"));
        json.put("duplicateKeys", partition.duplicates().keys());
        json.put("duplicateRecords", partition.duplicates().records());
        ArrayNode examples = json.putArray("duplicateExamples");
        for (Duplicates.Example example : partition.duplicates().examples()) {
            examples.addObject().put("key", example.key()).put("count", example.count());
        }
    }

    private Product readPartition(JsonFields json) {
        PublishTarget target = targets.get(json.count("target"));
        PartitionReceipt receipt = PartitionReceiptJson.read(json.object("receipt"));
        if (!target.session().holds(receipt)) {
            throw new LostException(null);
        }
        List<Duplicates.Example> examples = json.objects(
                "duplicateExamples", example -> new Duplicates.Example(example.text("key"), example.integer("count")));
        return new Product.Partition(
                target,
                receipt,
                new Duplicates(json.longCount("duplicateKeys"), json.longCount("duplicateRecords"), examples));
    }

    private static void write(DeadLetterPart part, ObjectNode json) {
        json.put("file", part.file().getFileName().toString());
        json.put("records", part.records()).put("checksum", part.checksum());
    }

    private Product readRefused(JsonFields json) {
        DeadLetterPart part = new DeadLetterPart(
                scratch.file(json.text("file")), json.longCount("records"), json.longCount("checksum"));
        try {
            part.content(scratch);
        } catch (IOException | CorruptDataException e) {
            throw new LostException(e);
        }
        return new Product.Refused(deadLetters.orElseThrow(), part);
    }

    /** Something that an entry names is not there any more. */
    private static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LostException(Throwable cause) {
            super(cause);
        }
    }
}
