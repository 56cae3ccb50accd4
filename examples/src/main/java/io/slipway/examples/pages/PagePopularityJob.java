package io.slipway.examples.pages;

import io.slipway.batch.Emitter;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.SerializableComparator;
import io.slipway.batch.Source;
import io.slipway.batch.format.AccessLog;
import io.slipway.batch.format.BadRecords;
import io.slipway.batch.format.LogLine;
import io.slipway.batch.type.Type;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.List;

/**
 * Which pages of a web server are asked for how often: publishes two datasets.
 *
 * <ul>
 *   <li>{@code page-popularity} has the page as the key, exactly as it is in the log, query and escapes included, and
 *       {@link PageRequests} as the value.
 *   <li>{@code top-pages} has the most requested pages: the rank from 1 as the key and {@link Page} as the value.
 * </ul>
 *
 * <p>A line that is not well formed is left out and counted; the job's result shows the first few.
 */
public final class PagePopularityJob implements JobDefinition {

    /** The dataset with all pages, and the job's name. */
    public static final String DATASET = "page-popularity";

    /** The dataset with the most requested pages. */
    public static final String TOP_DATASET = "top-pages";

    private static final int TOP = 100;
    private static final String INPUT = "input";

    /** The greatest is the most requested; of two requested equally often, the one that comes first by name. */
    private static final SerializableComparator<Page> BY_REQUESTS = (left, right) -> left.requests() != right.requests()
            ? Long.compare(left.requests(), right.requests())
            : right.path().compareTo(left.path());

    /** The definition, which has no state. */
    public PagePopularityJob() {}

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String description() {
        return "How often each page of a web server was requested, and which most often.";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                JobOption.repeated(
                        INPUT,
                        "PATH",
                        "Access logs in the common or combined format of Apache or nginx, plain or compressed by gzip, bzip2 or zstd."));
    }

    @Override
    public Job create(JobArguments arguments) {
        return job(arguments.paths(INPUT), arguments.publication(DATASET), arguments.publication(TOP_DATASET));
    }

    /** The job: which logs, what the pages are published as, what the most requested ones are. */
    public static Job job(List<Path> logs, Publication pages, Publication topPages) {
        return job(AccessLog.files(logs).onBadRecord(BadRecords.skip()), pages, topPages);
    }

    /** The same job over log lines from elsewhere: from Parquet, say. */
    static Job job(Source<LogLine> lines, Publication pages, Publication topPages) {
        Job job = Job.named(DATASET);
        KeyedFlow<String, PageRequests> requests =
                job.read(lines).keyBy(LogLine::path).aggregate(PageRequests.aggregator());
        requests.publish(pages);

        // All pages under one key, so that there is one list: each task sends its own best, not all that it has.
        requests.map(Page::new)
                .keyBy(page -> true)
                .topK(TOP, BY_REQUESTS)
                .map((all, list) -> list)
                .flatMap(PagePopularityJob::rank, Type.of(RankedPage.class))
                .keyBy(RankedPage::rank)
                .mapValues(RankedPage::page)
                .publish(topPages);
        return job;
    }

    private static void rank(List<Page> pages, Emitter<RankedPage> out) {
        int rank = 1;
        for (Page page : pages) {
            out.emit(new RankedPage(rank++, page));
        }
    }
}
