package io.slipway.benchmarks.spark;

import static org.apache.spark.sql.functions.col;

import io.slipway.benchmarks.BareSst;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;

/**
 * Partitions the lines of a text file by hash, sorts each partition, and writes it by {@link BareSst}: what {@code
 * repartitionAndSortWithinPartitions} does, as a data frame. Usage: {@code PublishRecords FILE FOLDER PARTITIONS}.
 */
public final class PublishRecords {

    private PublishRecords() {}

    /** Runs the job twice. */
    public static void main(String[] args) throws Exception {
        int partitions = Integer.parseInt(args[2]);
        TwoRuns.of(
                (session, result) -> {
                    String folder = Files.createDirectory(result).toString();
                    session.read()
                            .text(args[0])
                            .select(col("value").cast("binary").as("line"))
                            .repartition(partitions, col("line"))
                            .sortWithinPartitions("line")
                            .foreachPartition((ForeachPartitionFunction<Row>) rows -> write(rows, folder));
                },
                Path.of(args[1]));
    }

    private static void write(Iterator<Row> rows, String folder) throws Exception {
        try (BareSst sst = new BareSst(Path.of(folder, TaskContext.getPartitionId() + ".sst"))) {
            while (rows.hasNext()) {
                sst.put((byte[]) rows.next().get(0));
            }
            sst.finish();
        }
    }
}
