package io.slipway.batch.engine;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A job with a shuffle of every kind, two of which are published, over so much input that with little memory all of
 * them spill and some merge more than once.
 */
final class ManyStages {

    static final int LINES = 1200;

    private ManyStages() {}

    /** Writes the input. */
    static Path input(Path folder) throws IOException {
        Path input = folder.resolve("input.txt");
        Files.writeString(
                input,
                IntStream.range(0, LINES)
                        .mapToObj(i -> "line " + i * 7919 % LINES)
                        .collect(Collectors.joining("\n")));
        return input;
    }

    /** The job, under a run id of its own. */
    static Job job(Path input) {
        return job(input, RunId.random());
    }

    /** The job, under a run id. */
    static Job job(Path input, RunId run) {
        Job job = Job.named("many stages").parameter("days", 3);
        Flow<String> lines = job.read(TextLines.files(List.of(input)));
        KeyedFlow<String, Long> counts = lines.<String>flatMap((line, out) -> {
                    out.count("lines", 1);
                    out.emit(line);
                })
                .keyBy(line -> line.substring(0, 6))
                .count();
        KeyedFlow<String, String> sorted = lines.sortedBy(line -> line).keyBy(line -> line.substring(0, 6));
        sorted.join(counts, (line, count) -> line + " of " + count)
                .map((key, text) -> text)
                .keyBy(text -> text)
                .groupBy(
                        (text, all, out) -> {
                            int length = 0;
                            while (all.hasNext()) {
                                length += all.next().length();
                            }
                            out.emit(text + " with " + length);
                        },
                        Type.of(String.class))
                .keyBy(text -> text)
                .mapValues(String::length)
                .publish(Publication.of("texts").withRunId(run));
        counts.publish(Publication.of("counts").withRunId(run));
        return job;
    }

    /** What was published, by dataset. */
    static Map<DatasetName, Digest> digests(JobResult result) {
        return result.publications().stream()
                .map(CommittedVersion::manifest)
                .collect(Collectors.toMap(manifest -> manifest.version().dataset(), Manifest::digest));
    }
}
