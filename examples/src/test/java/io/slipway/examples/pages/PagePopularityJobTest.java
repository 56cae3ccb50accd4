package io.slipway.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.BadRecord;
import io.slipway.batch.JobArguments;
import io.slipway.batch.JobResult;
import io.slipway.batch.SourceContext;
import io.slipway.examples.ExampleData;
import io.slipway.examples.JobRunner;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagePopularityJobTest {

    private static final PagePopularityJob DEFINITION = new PagePopularityJob();

    private static final Path SAMPLE = ExampleData.flights().resolveSibling("access-sample.log");

    /** A second reading of the format, by a regular expression. */
    private static final Pattern WELL_FORMED = Pattern.compile(
            "\\S+ \\S+ \\S+ \\[[^]]+] \"\\S+ (\\S+) HTTP/\\d\\.\\d\" \\d{3} (?:\\d+|-) \"[^\"]*\" \"[^\"]*\"");

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
    void eachPageHasItsRequests() throws IOException {
        Map<String, PageRequests> found = pages(run(SAMPLE));

        Map<String, Long> expected = Files.readAllLines(SAMPLE).stream()
                .map(WELL_FORMED::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(line -> line.group(1), Collectors.counting()));
        assertThat(requests(found)).isEqualTo(expected);
    }

    @Test
    void keysAreWhatTheLogHasByteForByte() {
        Map<String, PageRequests> found = pages(run(SAMPLE));

        assertThat(requests(found))
                .containsEntry("/favicon.ico", 9L)
                .containsEntry("/shop/100%25-cotton", 5L)
                .containsEntry("/wiki/K%C3%B6ln", 4L)
                .containsEntry("/wiki/Köln", 3L)
                .containsEntry("/文書/始め方", 3L)
                .containsEntry("/search?q=a%2Fb&page=1", 1L)
                .containsEntry("/search", 1L)
                .containsEntry("/images/web/2009/banner.png", 1L);
    }

    @Test
    void aReplyWithoutASizeHasNoBytes() {
        Map<String, PageRequests> found = pages(run(SAMPLE));

        assertThat(found).containsEntry("/status", new PageRequests(2, 0));
        assertThat(found).containsEntry("/favicon.ico", new PageRequests(9, 9 * 3638));
    }

    @Test
    void malformedLinesAreCountedAndShown() {
        JobResult result = run(SAMPLE);

        assertThat(result.counter(SourceContext.BAD_RECORDS)).isEqualTo(6);
        assertThat(result.badRecords())
                .extracting(BadRecord::place)
                .isNotEmpty()
                .isSubsetOf("line 4", "line 10", "line 18", "line 26", "line 34", "line 41");
        assertThat(result.badRecords())
                .allSatisfy(bad -> assertThat(bad.reason()).isNotBlank());
    }

    @Test
    void theMostRequestedPagesAreRankedFromOne() throws IOException {
        Path log = folder.resolve("log");
        Files.write(
                log,
                IntStream.rangeClosed(1, 150)
                        .boxed()
                        .flatMap(page -> IntStream.range(0, page).mapToObj(i -> line("/page/" + page)))
                        .toList());

        Map<Integer, Page> top = top(run(log));

        assertThat(top.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(top).containsEntry(1, new Page("/page/150", 150, 1500));
        assertThat(top).containsEntry(100, new Page("/page/51", 51, 510));
    }

    @Test
    void pagesRequestedEquallyOftenAreRankedByName() throws IOException {
        Path log = Files.write(folder.resolve("log"), List.of(line("/b"), line("/c"), line("/a")));

        assertThat(top(run(log)).values().stream().map(Page::path)).containsExactlyInAnyOrder("/a", "/b", "/c");
        assertThat(top(run(log)).get(1).path()).isEqualTo("/a");
    }

    @Test
    void anInputHasToBeNamed() {
        assertThatThrownBy(() -> JobArguments.of(DEFINITION.options(), Map.of(), RunId.random()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--input");
    }

    private JobResult run(Path log) {
        return runner.run(DEFINITION.create(
                JobArguments.of(DEFINITION.options(), Map.of("input", List.of(log.toString())), RunId.random())));
    }

    private Map<String, PageRequests> pages(JobResult result) {
        return runner.published(result.publications().get(0).manifest(), String.class, PageRequests.class);
    }

    private Map<Integer, Page> top(JobResult result) {
        return runner.published(result.publications().get(1).manifest(), Integer.class, Page.class);
    }

    private static Map<String, Long> requests(Map<String, PageRequests> pages) {
        return pages.keySet().stream()
                .collect(Collectors.toMap(
                        Function.identity(), path -> pages.get(path).requests()));
    }

    private static String line(String path) {
        return "192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET " + path + " HTTP/1.1\" 200 10 \"-\" \"curl/8.5.0\"";
    }
}
