package io.slipway.benchmarks;

import io.slipway.batch.Collected;
import io.slipway.batch.Emitter;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import io.slipway.model.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/**
 * Makes one group of all lines of a file, and prints the SHA-256 of its values, a line each: that of the file, since the
 * values come in the order of the input. Then, on the same line, how many lines were read, and how many bytes spilled.
 * Usage: {@code OneGroup FILE SCRATCH}; the memory is the launcher's property.
 */
public final class OneGroup {

    private OneGroup() {}

    /** Runs the job. */
    public static void main(String[] args) {
        Job job = Job.named("one-group");
        Collected<String> hash = job.read(TextLines.files(List.of(Path.of(args[0]))))
                .keyBy(line -> "all")
                .groupBy(OneGroup::hash, Type.of(String.class))
                .collect();
        JobResult result = LauncherEngine.in(args[1]).run(job);
        System.out.println(result.of(hash).get(0) + " " + result.recordsIn() + " " + result.spilledBytes());
    }

    private static void hash(String key, Iterator<String> lines, Emitter<String> out) {
        MessageDigest sha256 = Sha256.newDigest();
        while (lines.hasNext()) {
            sha256.update(lines.next().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
        }
        out.emit(Sha256.hex(sha256));
    }
}
