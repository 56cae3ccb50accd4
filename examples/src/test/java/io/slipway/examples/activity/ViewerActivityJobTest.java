package io.slipway.examples.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.JobArguments;
import io.slipway.batch.JobResult;
import io.slipway.examples.ExampleData;
import io.slipway.examples.JobRunner;
import io.slipway.examples.ViewsByHand;
import io.slipway.model.RunId;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerActivityJobTest {

    private static final ViewerActivityJob DEFINITION = new ViewerActivityJob();

    @TempDir
    private Path folder;

    private JobRunner runner;

    @BeforeEach
    void start() {
        runner = new JobRunner(folder);
    }

    @AfterEach
    void stop() {
        runner.close();
    }

    @Test
    void eachViewersViewsAreFollowedInTheOrderOfTime() {
        Map<String, Activity> found = activity(runDefaults());

        Map<String, List<ViewsByHand.Line>> expected =
                ViewsByHand.all().stream().collect(Collectors.groupingBy(ViewsByHand.Line::viewer));
        assertThat(found).hasSize(190).containsOnlyKeys(expected.keySet());
        expected.forEach((viewer, views) -> check(viewer, found.get(viewer), views));
        // awk on the sorted file says so.
        assertThat(found.values().stream().mapToLong(Activity::visits).sum()).isEqualTo(639);
        assertThat(found.get("v0003"))
                .isEqualTo(new Activity(
                        Optional.of("US"),
                        AgeGroup.FROM_55,
                        17,
                        5,
                        Instant.parse("2026-01-01T01:46:39Z"),
                        Instant.parse("2026-01-05T06:37:29Z"),
                        List.of("/airports/LAX", "/routes/LAX-ORD", "/airports/BOS", "/routes/LAX-JFK", "/")));
    }

    @Test
    void pagesAreCountedByTheAgeOfTheirViewers() {
        Map<PageAndAge, PageViews> found = byAge(runDefaults());

        Map<String, String[]> viewers = ViewsByHand.viewers();
        Map<PageAndAge, Long> expected = ViewsByHand.all().stream()
                .collect(Collectors.groupingBy(
                        view -> new PageAndAge(view.page(), group(viewers.get(view.viewer()))), Collectors.counting()));
        assertThat(found).hasSize(293);
        assertThat(found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().views())))
                .isEqualTo(expected);
        assertThat(found.get(new PageAndAge("/", AgeGroup.FROM_55))).isEqualTo(new PageViews(124));
        assertThat(found.get(new PageAndAge("/", AgeGroup.UNKNOWN))).isEqualTo(new PageViews(58));
    }

    @Test
    void theResultDoesNotDependOnTasksOrMemory() {
        JobResult roomy = run(runner, "roomy");
        JobResult tight = runner.runWithLittleMemory(job("tight"), 3);

        assertThat(digests(tight)).isEqualTo(digests(roomy));
    }

    private static List<String> digests(JobResult result) {
        return result.publications().stream()
                .map(version -> version.manifest().digest().toString())
                .toList();
    }

    private static JobResult run(JobRunner runner, String runId) {
        return runner.run(job(runId));
    }

    private static io.slipway.batch.Job job(String runId) {
        return ViewerActivityJob.job(
                ExampleData.views(),
                ExampleData.viewers(),
                2026,
                Publication.of(ViewerActivityJob.DATASET).withRunId(new RunId(runId)),
                Publication.of(ViewerActivityJob.BY_AGE_DATASET).withRunId(new RunId(runId)));
    }

    private JobResult runDefaults() {
        return runner.run(DEFINITION.create(JobArguments.of(DEFINITION.options(), Map.of(), RunId.random())));
    }

    private Map<String, Activity> activity(JobResult result) {
        return runner.published(result.publications().get(0).manifest(), String.class, Activity.class);
    }

    private Map<PageAndAge, PageViews> byAge(JobResult result) {
        return runner.published(result.publications().get(1).manifest(), PageAndAge.class, PageViews.class);
    }

    private static void check(String viewer, Activity found, List<ViewsByHand.Line> views) {
        List<ViewsByHand.Line> inOrder = views.stream()
                .sorted(Comparator.comparing(ViewsByHand.Line::at))
                .toList();
        assertThat(found.views()).as(viewer).isEqualTo(views.size());
        assertThat(found.first()).as(viewer).isEqualTo(inOrder.get(0).at());
        assertThat(found.last())
                .as(viewer)
                .isEqualTo(inOrder.get(views.size() - 1).at());
        assertThat(found.lastPages())
                .as(viewer)
                .isEqualTo(inOrder.subList(Math.max(0, views.size() - 5), views.size()).stream()
                        .map(ViewsByHand.Line::page)
                        .toList());
        assertThat(found.country())
                .as(viewer)
                .isEqualTo(
                        Optional.ofNullable(ViewsByHand.viewers().get(viewer)).map(fields -> fields[2]));
    }

    private static AgeGroup group(String[] viewer) {
        if (viewer == null || viewer[1].isEmpty()) {
            return AgeGroup.UNKNOWN;
        }
        int born = Integer.parseInt(viewer[1]);
        return born > 2008
                ? AgeGroup.UNDER_18
                : born > 1991 ? AgeGroup.FROM_18 : born > 1971 ? AgeGroup.FROM_35 : AgeGroup.FROM_55;
    }
}
