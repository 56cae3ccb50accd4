package io.slipway.examples.activity;

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
import io.slipway.examples.Viewer;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Who viewed what: publishes two datasets from one read of the views.
 *
 * <ul>
 *   <li>{@code viewer-activity} has the viewer as the key and {@link Activity} as the value.
 *   <li>{@code page-views-by-age} has {@link PageAndAge} as the key and {@link PageViews} as the value.
 * </ul>
 *
 * <p>For the first, profiles and views are sorted together by the shuffle: for each viewer the profile first, then the
 * views in the order of time. So a viewer's views are streamed with the profile at hand, and however many there are, none
 * is kept.
 */
public final class ViewerActivityJob implements JobDefinition {

    /** The dataset with what each viewer did, and the job's name. */
    public static final String DATASET = "viewer-activity";

    /** The dataset with how often each page was viewed by whom. */
    public static final String BY_AGE_DATASET = "page-views-by-age";

    private static final String VIEWS = "views";
    private static final String VIEWERS = "viewers";
    private static final String YEAR = "year";

    /** The definition, which has no state. */
    public ViewerActivityJob() {}

    @Override
    public String name() {
        return DATASET;
    }

    @Override
    public String description() {
        return "What each viewer did, in the order of time, and which pages each age group views.";
    }

    @Override
    public List<JobOption> options() {
        return List.of(
                JobOption.optional(VIEWS, "PATH", "CSV files with views. Default: those that come with Slipway."),
                JobOption.optional(VIEWERS, "PATH", "CSV files with viewers. Default: those that come with Slipway."),
                JobOption.optional(YEAR, "YEAR", "2026", "The year in which ages are told."));
    }

    @Override
    public Job create(JobArguments arguments) {
        Path views = arguments.optionalText(VIEWS).isPresent() ? arguments.path(VIEWS) : ExampleData.views();
        Path viewers = arguments.optionalText(VIEWERS).isPresent() ? arguments.path(VIEWERS) : ExampleData.viewers();
        return job(
                views,
                viewers,
                (int) arguments.number(YEAR),
                arguments.publication(DATASET),
                arguments.publication(BY_AGE_DATASET));
    }

    /** The job: which views, which viewers, the year in which ages are told, what the datasets are published as. */
    public static Job job(Path viewFiles, Path viewerFiles, int year, Publication activity, Publication byAge) {
        Job job = Job.named(DATASET).parameter(YEAR, year);
        Flow<View> views = job.read(Csv.files(List.of(viewFiles)).as(View.class));
        Flow<Viewer> viewers = job.read(Csv.files(List.of(viewerFiles)).as(Viewer.class));

        viewers.map(Entry::of, Type.of(Entry.class))
                .union(views.map(Entry::of, Type.of(Entry.class)))
                .keyBy(Entry::viewer)
                .sortedBy(SortOrder.by(Entry::isView).thenBy(Entry::at).thenBy(Entry::page))
                .groupBy((viewer, entries, out) -> follow(viewer, entries, year, out), Type.of(Followed.class))
                .keyBy(Followed::viewer)
                .mapValues(Followed::activity)
                .publish(activity);

        views.keyBy(View::viewer)
                .leftJoin(
                        viewers.keyBy(Viewer::viewer),
                        (view, viewer) -> new PageAndAge(view.page(), AgeGroup.of(viewer, year)))
                .map((viewer, viewed) -> viewed)
                .keyBy(viewed -> viewed, Type.of(PageAndAge.class))
                .count()
                .mapValues(PageViews::new)
                .publish(byAge);
        return job;
    }

    /** A viewer's activity. Nothing comes of a viewer without views. */
    private static void follow(String viewer, Iterator<Entry> entries, int year, Emitter<Followed> out) {
        Optional<Viewer> profile = Optional.empty();
        ActivityBuilder activity = new ActivityBuilder();
        boolean viewed = false;
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.isView()) {
                activity.add(entry.view().orElseThrow());
                viewed = true;
            } else {
                profile = entry.profile();
            }
        }
        if (viewed) {
            out.emit(new Followed(viewer, activity.build(profile, year)));
        }
    }

    /** A viewer with what the viewer did. */
    record Followed(String viewer, Activity activity) {}
}
