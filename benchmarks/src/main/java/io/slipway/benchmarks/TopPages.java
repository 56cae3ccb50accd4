package io.slipway.benchmarks;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.SerializableComparator;
import io.slipway.batch.format.AccessLog;
import io.slipway.batch.format.LogLine;
import java.nio.file.Path;
import java.util.List;

/**
 * The five most requested paths of an access log, printed as {@code COUNT PATH}, of equal counts the greater path first.
 * A malformed line fails. Usage: {@code TopPages FILE SCRATCH}; the memory is the launcher's property.
 */
public final class TopPages {

    private static final int TOP = 5;
    private static final SerializableComparator<Page> BY_REQUESTS = (left, right) -> left.requests() != right.requests()
            ? Long.compare(left.requests(), right.requests())
            : left.path().compareTo(right.path());

    private TopPages() {}

    /** A path with how often it was asked for. */
    record Page(String path, long requests) {}

    /** Runs the job. */
    public static void main(String[] args) {
        Job job = Job.named("top-pages");
        Collected<Page> top = job.read(AccessLog.files(List.of(Path.of(args[0]))))
                .keyBy(LogLine::path)
                .count()
                .map(Page::new)
                .topK(TOP, BY_REQUESTS)
                .collect();
        for (Page page : LauncherEngine.in(args[1]).run(job).of(top)) {
            System.out.println(page.requests() + " " + page.path());
        }
    }
}
