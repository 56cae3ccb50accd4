package io.slipway.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;

/** The five most requested paths of an access log, as a data frame. Usage: {@code TopPagesDataFrame LOG FOLDER}. */
public final class TopPagesDataFrame {

    private static final int TOP = 5;
    private static final int PATH_FIELD = 6;

    private TopPagesDataFrame() {}

    /** Runs the job twice. */
    public static void main(String[] args) throws Exception {
        TwoRuns.of(
                (session, result) -> {
                    List<Row> top = session.read()
                            .text(args[0])
                            .select(split(col("value"), " ", PATH_FIELD + 2)
                                    .getItem(PATH_FIELD)
                                    .as("path"))
                            .groupBy("path")
                            .agg(count(lit(1)).as("requests"))
                            .orderBy(col("requests").desc(), col("path").desc())
                            .limit(TOP)
                            .collectAsList();
                    Files.write(
                            result,
                            top.stream()
                                    .map(row -> row.getLong(1) + " " + row.getString(0))
                                    .toList());
                },
                Path.of(args[1]));
    }
}
