package io.slipway.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.format.Records;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import io.slipway.model.publish.Publication;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Job#explain}. */
class ExplainTest {

    @Test
    void stagesFusedOperatorsAndShufflesAreSaid() {
        Job job = Job.named("pages");
        Flow<String> pages = read(job, "a").filter(page -> !page.isEmpty());
        KeyedFlow<String, Long> counts = pages.keyBy(page -> page).count();
        counts.publish(Publication.of("page-counts"));
        counts.publish(Publication.of("page-counts-again"));
        counts.map((page, count) -> count).sortedBy(count -> count).collect();
        assertThat(job.explain()).isEqualTo("""
                Job pages
                Stage 1: read 1 records
                  fused: filter, keyBy → combine, shuffle by key to stage 2
                Stage 2: aggregate
                  → publish page-counts, without a further shuffle
                  → shuffle to stage 3
                  fused: map → shuffle by range to stage 4
                Stage 3: publish page-counts-again
                Stage 4: sortedBy
                  → collect
                """);
    }

    @Test
    void unionsAreFusedIntoTheStagesOfBothSides() {
        Job job = Job.named("union");
        Flow<String> first = read(job, "a").map(text -> text + "!");
        Flow<String> second = read(job, "b", "c");
        KeyedFlow<String, String> both = first.union(second).keyBy(text -> text);
        both.sortedBy(text -> text)
                .groupBy((key, values, out) -> out.emit(key), Type.of(String.class))
                .collect();
        both.join(second.keyBy(text -> text), (a, b) -> a).collect();
        assertThat(job.explain()).isEqualTo("""
                Job union
                Stage 1: read 1 records
                  fused: map, union, keyBy → shuffle by key, sorted by key and value order to stage 3
                  fused: map, union, keyBy → shuffle by key to stage 4
                Stage 2: read 2 records
                  fused: union, keyBy → shuffle by key, sorted by key and value order to stage 3
                  fused: union, keyBy → shuffle by key to stage 4
                  fused: keyBy → shuffle by key to stage 4
                Stage 3: sorted groupBy
                  → collect
                Stage 4: join
                  → collect
                """);
    }

    @Test
    void versionsPartitionsAndFilesAreSaid() {
        Job job = Job.named("files");
        job.read(Version.of("pages", 7).as(String.class, Long.class))
                .partitionBy(3)
                .map((page, count) -> page)
                .write(TextLines.to(Path.of("out")));

        assertThat(job.explain()).isEqualTo("""
                Job files
                Stage 1: read pages version 7
                  fused: keyed → shuffle by key to stage 2
                Stage 2: partitionBy
                  fused: map → write out
                """);
    }

    @Test
    void aJobWithoutOutputsHasNoStages() {
        assertThat(Job.named("nothing").explain()).isEqualTo("Job nothing\n");
    }

    private static Flow<String> read(Job job, String... texts) {
        return job.read(Records.of(List.of(texts), Type.of(String.class)));
    }
}
