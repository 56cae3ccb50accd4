package io.slipway.batch.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.batch.Job;
import io.slipway.batch.plan.Node;
import io.slipway.batch.plan.Output;
import io.slipway.batch.plan.Read;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.InputFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the results of a run's tasks depend on: if all of it is as it was, they are what they would be again. The memory
 * and the number of threads do not count, since what they decide is either kept ({@link Layout}) or written in each file.
 * Functions that give something else each time they are called cannot be told, here or anywhere.
 *
 * @param parts by their names for people, in the plural
 */
record RunBasis(Map<String, String> parts) {

    /** Of journals and of what they name. */
    private static final String FORMAT = "1";

    /**
     * The basis of a run that begins now.
     *
     * @throws io.slipway.model.UnavailableException if an input or the code cannot be read
     */
    static RunBasis of(Job job, EngineSettings settings, Targets targets, RunSources sources) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("scratch formats", FORMAT);
        parts.put("parameters", job.parameters());
        parts.put("operators", job.explain());
        CodeFingerprint code = CodeFingerprint.of(job, settings);
        parts.put("code files", code.code());
        parts.put("functions' constants", code.constants());
        parts.put("rules for bad records", settings.deadLetters().isPresent() ? "kept" : "refused");
        parts.put("versions to publish", versions(targets));
        parts.put("inputs", inputs(job, sources));
        return new RunBasis(parts);
    }

    /** What is not as it was; empty if all is. */
    Optional<String> changeSince(RunBasis earlier) {
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().equals(earlier.parts.get(part.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    ObjectNode toJson() {
        ObjectNode json = SealedJson.object();
        parts.forEach(json::put);
        return json;
    }

    static RunBasis fromJson(JsonFields json) {
        return new RunBasis(json.names().stream().collect(Collectors.toMap(name -> name, json::text)));
    }

    /** What of the versions shapes the shuffles that lead to them, and which of them are still to be made. */
    private static String versions(Targets targets) {
        return targets.all().stream().map(RunBasis::version).collect(Collectors.joining("\n"));
    }

    private static String version(PublishTarget target) {
        String dataset = target.output().publication().dataset().value();
        if (target.committed().isPresent()) {
            return dataset + " is committed";
        }
        Partitioner partitioner = target.session().partitioner();
        return String.join(
                " ",
                dataset,
                Integer.toString(partitioner.partitions()),
                Integer.toString(partitioner.routingFields()),
                target.policy().label(),
                target.output().keySchema().toString(),
                target.output().valueSchema().toString());
    }

    private static String inputs(Job job, RunSources sources) {
        Set<Read> reads = Collections.newSetFromMap(new IdentityHashMap<>());
        List<String> inputs = new ArrayList<>();
        for (Output output : job.outputs()) {
            addInputs(output.input(), sources, reads, inputs);
        }
        return String.join("\n", inputs);
    }

    private static void addInputs(Node node, RunSources sources, Set<Read> reads, List<String> inputs) {
        if (node instanceof Read read && reads.add(read)) {
            List<InputFile> found = sources.inputs(read);
            found.forEach(file -> inputs.add(file.name() + " " + file.bytes() + " " + file.fingerprint()));
            if (found.isEmpty()) {
                // What is not in files is never the same, as far as anybody can tell.
                inputs.add(read.source().label() + " " + UUID.randomUUID());
            }
        }
        node.inputs().forEach(input -> addInputs(input, sources, reads, inputs));
    }
}
