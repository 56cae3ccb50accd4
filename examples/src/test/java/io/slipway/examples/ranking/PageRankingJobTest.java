package io.slipway.examples.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.JobArguments;
import io.slipway.batch.JobResult;
import io.slipway.examples.JobRunner;
import io.slipway.examples.ViewsByHand;
import io.slipway.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageRankingJobTest {

    private static final PageRankingJob DEFINITION = new PageRankingJob();

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
    void everyPageIsPublishedAtItsRank() {
        JobResult result = run(Map.of());

        Map<Long, PageRank> found =
                runner.published(result.publications().get(0).manifest(), Long.class, PageRank.class);
        List<PageRank> expected = expected();
        assertThat(found).hasSize(62);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i + 1L)).isEqualTo(expected.get(i));
        }
        // sort | uniq -c | sort -rn says so.
        assertThat(found.get(1L)).isEqualTo(new PageRank("/", 360));
        assertThat(found.get(2L)).isEqualTo(new PageRank("/search", 197));
        assertThat(result.written()).isEmpty();
    }

    @Test
    void theSameRankingIsWrittenInOrderFromFileToFileAndReplacedByTheNext() throws IOException {
        Path output = folder.resolve("ranking");
        for (int run = 0; run < 2; run++) {
            JobResult result = run(Map.of("output", List.of(output.toString())));

            assertThat(result.written().get(0).records()).isEqualTo(62);
            assertThat(result.written().get(0).files()).hasSizeGreaterThan(1);
            assertThat(lines(output))
                    .isEqualTo(expected().stream()
                            .map(page -> page.page() + "," + page.views())
                            .toList());
        }
    }

    private JobResult run(Map<String, List<String>> options) {
        return runner.run(DEFINITION.create(JobArguments.of(DEFINITION.options(), options, RunId.random())));
    }

    private static List<PageRank> expected() {
        return ViewsByHand.all().stream()
                .collect(Collectors.groupingBy(ViewsByHand.Line::page, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new PageRank(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(PageRank::views).reversed().thenComparing(PageRank::page))
                .toList();
    }

    private static List<String> lines(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : files.sorted().toList()) {
                List<String> all = Files.readAllLines(file);
                assertThat(all.get(0)).isEqualTo("page,views");
                lines.addAll(all.subList(1, all.size()));
            }
        }
        return lines;
    }
}
