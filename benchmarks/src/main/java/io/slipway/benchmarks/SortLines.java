package io.slipway.benchmarks;

import io.slipway.batch.Job;
import io.slipway.batch.format.TextLines;
import java.nio.file.Path;
import java.util.List;

/**
 * Sorts the lines of a text file by their first 15 bytes, and writes them to a folder of files that follow each other.
 * Usage: {@code SortLines FILE FOLDER SCRATCH}; the memory is the launcher's property.
 */
public final class SortLines {

    private SortLines() {}

    /** Runs the job. */
    public static void main(String[] args) {
        Job job = Job.named("sort-lines");
        job.read(TextLines.files(List.of(Path.of(args[0]))))
                .sortedBy(line -> line.substring(0, MadeRecords.KEY_BYTES))
                .write(TextLines.to(Path.of(args[1])));
        LauncherEngine.in(args[2]).run(job);
    }
}
