package io.slipway.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Aggregator;
import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.SortOrder;
import io.slipway.batch.Source;
import io.slipway.batch.Version;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.batch.format.Csv;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import io.slipway.examples.JobRunner;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that {@code docs/batch-jobs.md} shows, between the marks; the guide must show exactly this. */
class GuideTest {

    // guide: types
    record Order(String customer, String product, long cents) {}

    record Spending(long orders, long cents) {}
    // guide: end

    // guide: job
    static KeyedFlow<String, Spending> spending(Job job, Source<Order> orders) {
        return job.read(orders)
                .filter(order -> order.cents() > 0)
                .keyBy(Order::customer)
                .aggregate(Aggregator.of(
                        () -> new Spending(0, 0),
                        (sum, order) -> new Spending(sum.orders() + 1, sum.cents() + order.cents()),
                        (one, other) -> new Spending(one.orders() + other.orders(), one.cents() + other.cents()),
                        sum -> sum));
    }
    // guide: end

    // guide: write
    record Row(String customer, long orders, long cents) {}

    static void report(Job job, Source<Order> orders, Path folder) {
        spending(job, orders)
                .map((customer, spent) -> new Row(customer, spent.orders(), spent.cents()))
                .sortedBy(SortOrder.byDescending(Row::cents).thenBy(Row::customer))
                .write(Csv.to(folder));
    }
    // guide: end

    // guide: version
    static KeyedFlow<String, Long> growth(Job job, long version) {
        KeyedFlow<String, Spending> before =
                job.read(Version.of("spending", version).as(String.class, Spending.class));
        KeyedFlow<String, Spending> now = job.read(Version.current("spending").as(String.class, Spending.class));
        return now.join(before, (later, earlier) -> later.cents() - earlier.cents());
    }
    // guide: end

    // guide: test
    @Test
    void spendingIsSummedByCustomer() {
        Job job = Job.named("spending");
        Source<Order> orders = Records.of(
                List.of(new Order("ann", "tea", 300), new Order("bob", "jam", 450), new Order("ann", "jam", 450)),
                Type.of(Order.class));
        Collected<KeyValue<String, Spending>> spending = spending(job, orders).collect();

        JobResult result = EmbeddedEngine.builder().build().run(job);

        assertThat(result.of(spending))
                .containsExactlyInAnyOrder(
                        new KeyValue<>("ann", new Spending(2, 750)), new KeyValue<>("bob", new Spending(1, 450)));
    }
    // guide: end

    @Test
    void theReportHasTheGreatestFirst(@TempDir Path folder) {
        Job job = Job.named("report");
        List<Order> orders =
                List.of(new Order("ann", "tea", 300), new Order("bob", "jam", 450), new Order("cid", "jam", 450));
        report(job, Records.of(orders, Type.of(Order.class)), folder.resolve("report"));
        EmbeddedEngine engine = EmbeddedEngine.builder().build();
        engine.run(job);

        Job read = Job.named("read");
        Collected<Row> rows = read.read(
                        Csv.files(List.of(folder.resolve("report"))).as(Row.class))
                .collect();
        assertThat(engine.run(read).of(rows))
                .containsExactly(new Row("bob", 1, 450), new Row("cid", 1, 450), new Row("ann", 1, 300));
    }

    @Test
    void twoVersionsAreCompared(@TempDir Path folder) {
        try (JobRunner runner = new JobRunner(folder)) {
            Job publish = Job.named("spending");
            spending(publish, Records.of(List.of(new Order("ann", "tea", 300)), Type.of(Order.class)))
                    .publish(Publication.of("spending"));
            runner.run(publish);
            Job compare = Job.named("growth");
            growth(compare, 1).collect();

            assertThatThrownBy(() -> runner.run(compare)).hasMessageContaining("No version of spending is current");
            assertThat(compare.explain()).contains("read spending version 1", "read current version of spending");
        }
    }

    @Test
    void theGuideShowsThisCode() throws IOException {
        Path root = Path.of(System.getProperty("slipway.home"));
        String guide = Files.readString(root.resolve("docs/batch-jobs.md"));
        String source =
                Files.readString(root.resolve("examples/src/test/java/io/slipway/examples/guide/GuideTest.java"));
        String[] parts = source.split("    // guide: ");
        for (int i = 1; i < parts.length; i++) {
            int lineEnd = parts[i].indexOf('\n');
            String mark = parts[i].substring(0, lineEnd);
            if (!mark.equals("end") && mark.matches("[a-z]+")) {
                assertThat(guide)
                        .as(mark)
                        .contains(
                                parts[i].substring(lineEnd + 1).stripTrailing().stripIndent());
            }
        }
    }
}
