package io.slipway.benchmarks.spark;

import java.nio.file.Path;

/**
 * Sorts the lines of a text file into a folder of files that follow each other: as a data frame, whose texts Spark
 * compares as bytes without making objects of them. Usage: {@code SortRecords FILE FOLDER}.
 */
public final class SortRecords {

    private SortRecords() {}

    /** Runs the job twice. */
    public static void main(String[] args) throws Exception {
        TwoRuns.of(
                (session, result) ->
                        session.read().text(args[0]).sort("value").write().text(result.toString()),
                Path.of(args[1]));
    }
}
