package io.slipway.cli;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.examples.ExampleData;
import io.slipway.examples.delays.RouteDelays;
import io.slipway.examples.delays.RouteDelaysJob;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.VersionPublisher;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What the demo has the batch engine do. Used by one thread. */
final class DemoJobs {

    /** The last month of which version 1 has flights. */
    static final int FIRST_LAST_MONTH = 2;

    /** The last month of which there are flights. */
    static final int SECOND_LAST_MONTH = 3;

    private static final long MEMORY_BYTES = 64L << 20;

    private final EmbeddedEngine engine;

    /**
     * Jobs that publish.
     *
     * @param publisher on one of the routes
     * @param scratch the folder for what does not fit into memory
     */
    DemoJobs(VersionPublisher publisher, Path scratch) {
        this.engine = EmbeddedEngine.builder()
                .memoryBytes(MEMORY_BYTES)
                .scratch(scratch)
                .publisher(publisher)
                .build();
    }

    /** Computes what the two versions have to answer, and publishes nothing. */
    DemoAnswers answers() {
        Job job = Job.named("demo-answers");
        Collected<KeyValue<String, RouteDelays>> first = collect(job, FIRST_LAST_MONTH);
        Collected<KeyValue<String, RouteDelays>> second = collect(job, SECOND_LAST_MONTH);
        JobResult result = engine.run(job);
        return new DemoAnswers(byRoute(result, first), byRoute(result, second));
    }

    /** Publishes a version of the flights up to a month. */
    JobResult publish(int lastMonth) {
        return engine.run(RouteDelaysJob.job(
                ExampleData.flights(),
                lastMonth,
                Publication.of(RouteDelaysJob.DATASET).withLabel("flights of months 1 to " + lastMonth)));
    }

    private static Collected<KeyValue<String, RouteDelays>> collect(Job job, int lastMonth) {
        return RouteDelaysJob.delays(job, ExampleData.flights(), lastMonth).collect();
    }

    private static Map<String, RouteDelays> byRoute(
            JobResult result, Collected<KeyValue<String, RouteDelays>> collected) {
        return result.of(collected).stream().collect(Collectors.toMap(KeyValue::key, KeyValue::value));
    }
}
