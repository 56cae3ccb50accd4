package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Job;
import io.slipway.batch.JobListener;
import io.slipway.batch.JobResult;
import io.slipway.batch.StageSummary;
import io.slipway.batch.TaskSummary;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void theSummaryShowsTheSkewOfAHeavyKey() {
        Job job = Job.named("skewed");
        job.read(Records.of(Collections.nCopies(1000, 7), Type.of(Integer.class)))
                .keyBy(number -> number, Type.of(Integer.class))
                .groupBy((key, values, out) -> values.forEachRemaining(value -> {}), Type.of(Integer.class))
                .collect();

        JobResult result = EmbeddedEngine.builder().parallelism(2).build().run(job);

        StageSummary grouping = result.stages().get(1);
        assertThat(grouping.records()).isEqualTo(1000);
        assertThat(grouping.tasks()).isEqualTo(4);
        assertThat(grouping.skew()).isEqualTo(4);
        assertThat(grouping.largest()).get().extracting(TaskSummary::records).isEqualTo(1000L);
        assertThat(grouping.spilledBytes()).isZero();
        assertThat(result.stages().get(0).spilledBytes())
                .isEqualTo(result.spilledBytes())
                .isPositive();
    }

    @Test
    void attemptsOfATaskAreCountedAndItsLastOneIsTold() {
        AtomicInteger failures = new AtomicInteger(2);
        Map<Integer, TaskSummary> told = new ConcurrentHashMap<>();
        Job job = Job.named("flaky");
        job.read(Records.of(List.of(1, 2, 3), Type.of(Integer.class)))
                .<Integer>map(number -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("flaky");
                    }
                    return number;
                })
                .collect();
        JobListener listener = new JobListener() {
            @Override
            public void taskFinished(int stage, TaskSummary task) {
                told.put(stage, task);
            }
        };

        JobResult result = EmbeddedEngine.builder().listener(listener).build().run(job);

        assertThat(result.stages()).singleElement().satisfies(stage -> {
            assertThat(stage.failedAttempts()).isEqualTo(2);
            assertThat(stage.slowest()).contains(told.get(1));
        });
        assertThat(told.get(1).attempts()).isEqualTo(3);
        assertThat(told.get(1).records()).isEqualTo(3);
    }
}
