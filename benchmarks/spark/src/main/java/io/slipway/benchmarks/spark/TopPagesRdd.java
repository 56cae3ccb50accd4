package io.slipway.benchmarks.spark;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** The five most requested paths of an access log, by pairs of an RDD. Usage: {@code TopPagesRdd LOG FOLDER}. */
public final class TopPagesRdd {

    private static final int TOP = 5;
    private static final int PATH_FIELD = 6;

    private TopPagesRdd() {}

    /** Runs the job twice. */
    public static void main(String[] args) throws Exception {
        TwoRuns.of(
                (session, result) -> {
                    List<Tuple2<String, Long>> top = JavaSparkContext.fromSparkContext(session.sparkContext())
                            .textFile(args[0])
                            .mapToPair(line -> new Tuple2<>(path(line), 1L))
                            .reduceByKey(Long::sum)
                            .top(TOP, new ByRequests());
                    Files.write(
                            result,
                            top.stream().map(page -> page._2 + " " + page._1).toList());
                },
                Path.of(args[1]));
    }

    private static String path(String line) {
        int start = 0;
        for (int i = 0; i < PATH_FIELD; i++) {
            start = line.indexOf(' ', start) + 1;
        }
        return line.substring(start, line.indexOf(' ', start));
    }

    /** Of equal counts the greater path is the greater. */
    private static final class ByRequests implements Comparator<Tuple2<String, Long>>, Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public int compare(Tuple2<String, Long> left, Tuple2<String, Long> right) {
            int byCount = Long.compare(left._2, right._2);
            return byCount != 0 ? byCount : left._1.compareTo(right._1);
        }
    }
}
