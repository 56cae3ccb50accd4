package io.slipway.benchmarks.spark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a job twice in one session, and prints wall clock and processor time of each in seconds, a line each: of the first
 * from the start of the JVM on, of the second alone.
 */
final class TwoRuns {

    private static final String THREADS = "local[2]";
    private static final int SHUFFLE_PARTITIONS = 8;
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private TwoRuns() {}

    /** A job that leaves its result in a file or folder that is not there yet. */
    interface SparkJob {

        void run(SparkSession session, Path result) throws Exception;
    }

    /** Runs a job into {@code first} and {@code warm} of a folder, with Spark's own files in {@code spark} of it. */
    static void of(SparkJob job, Path folder) throws Exception {
        Files.createDirectories(folder);
        try (SparkSession session = session(folder.resolve("spark"))) {
            job.run(session, folder.resolve("first"));
            double firstWall = (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    / MILLIS;
            double firstCpu = cpuSeconds();
            print(firstWall, firstCpu);

            long start = System.nanoTime();
            job.run(session, folder.resolve("warm"));
            print((System.nanoTime() - start) / NANOS, cpuSeconds() - firstCpu);
        }
    }

    private static SparkSession session(Path local) {
        return SparkSession.builder()
                .master(THREADS)
                .appName("benchmarks")
                .config("spark.ui.enabled", false)
                .config("spark.local.dir", local.toString())
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", SHUFFLE_PARTITIONS)
                .config("spark.sql.warehouse.dir", local.resolve("warehouse").toString())
                .getOrCreate();
    }

    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / NANOS;
    }

    private static void print(double wall, double cpu) {
        System.out.printf(Locale.ROOT, "%.2f %.2f%n", wall, cpu);
    }
}
