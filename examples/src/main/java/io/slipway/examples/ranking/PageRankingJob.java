package io.slipway.examples.ranking;

import io.slipway.batch.Emitter;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobDefinition;
import io.slipway.batch.JobOption;
import io.slipway.batch.SortOrder;
import io.slipway.batch.format.Csv;
import io.slipway.batch.type.Type;
import io.slipway.examples.ExampleData;
import io.slipway.examples.View;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * All pages in the order of how often they were viewed, the most viewed first; among equals, the name decides. Publishes
 * the dataset {@code page-ranking}, with the rank from 1 as the key and {@link PageRank} as the value, and where asked
 * writes the same as CSV.
 *
 * <p>The files are sorted by all tasks at once, each of which writes a range. Ranks need to be counted from the first page
 * to the last, so these are given by one task, to which the shuffle streams all pages in order.
 */
public final class PageRankingJob implements JobDefinition {

    /** The dataset that the job publishes, and the job's name. */
    public static final String DATASET = "page-ranking";

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";
    private static final SortOrder<PageRank> MOST_VIEWED =
            SortOrder.byDescending(PageRank::views).thenBy(PageRank::page);

    /** The definition, which has no state. */
    public PageRankingJob() {}

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String description() {
        return "All pages by how often they were viewed, with their ranks.";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                JobOption.optional(INPUT, "PATH", "CSV files with views. Default: those that come with Slipway."),
                JobOption.optional(OUTPUT, "FOLDER", "Where to write the ranking as CSV as well; what is there goes."));
    }

    @Override
    public Job create(JobArguments arguments) {
        Path views = arguments.optionalText(INPUT).isPresent() ? arguments.path(INPUT) : ExampleData.views();
        return job(
                views,
                arguments.publication(DATASET),
                arguments.optionalText(OUTPUT).map(Path::of));
    }

    /** The job: which views, what it publishes as, and where to write. */
    public static Job job(Path viewFiles, Publication publication, Optional<Path> output) {
        Job job = Job.named(DATASET);
        Flow<PageRank> pages = job.read(Csv.files(List.of(viewFiles)).as(View.class))
                .keyBy(View::page)
                .count()
                .map(PageRank::new);
        pages.keyBy(page -> true)
                .sortedBy(MOST_VIEWED)
                .groupBy(PageRankingJob::rank, Type.of(Ranked.class))
                .keyBy(Ranked::rank)
                .mapValues(Ranked::page)
                .publish(publication);
        output.ifPresent(
                folder -> pages.sortedBy(MOST_VIEWED).write(Csv.to(folder).replacing()));
        return job;
    }

    private static void rank(boolean all, Iterator<PageRank> pages, Emitter<Ranked> out) {
        for (long rank = 1; pages.hasNext(); rank++) {
            out.emit(new Ranked(rank, pages.next()));
        }
    }

    /** A page at its rank. */
    record Ranked(long rank, PageRank page) {}
}
