package io.slipway.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Collected;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyValue;
import io.slipway.batch.Version;
import io.slipway.batch.engine.EmbeddedEngine;
import io.slipway.batch.format.Records;
import io.slipway.batch.type.Type;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.Publication;
import io.slipway.model.repository.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published version as the input of a job. */
class VersionInputTest {

    record Sale(String shop, long cents) {}

    record Total(long cents) {}

    /** What {@link Sale} was read as before it had cents. */
    static final class Older {

        record Sale(String shop) {}

        private Older() {}
    }

    private static final int SALES = 1000;

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
    void aVersionIsReadAggregatedAndPublishedAsAnother() {
        JobResult sales = publishSales();

        Job job = Job.named("totals");
        job.read(Version.of("sales", 1).as(Integer.class, Sale.class))
                .map((number, sale) -> sale)
                .keyBy(Sale::shop)
                .mapValues(Sale::cents)
                .reduce(Long::sum)
                .mapValues(Total::new)
                .publish(Publication.of("totals"));
        JobResult result = runner.run(job);

        Map<String, Total> expected = IntStream.range(0, SALES)
                .boxed()
                .collect(Collectors.groupingBy(VersionInputTest::shop, Collectors.summingLong(i -> i)))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Total(entry.getValue())));
        Manifest totals = result.publications().get(0).manifest();
        assertThat(runner.published(totals, String.class, Total.class)).isEqualTo(expected);
        assertThat(result.recordsIn()).isEqualTo(SALES);
        assertThat(totals.provenance().inputs())
                .containsExactly(new InputFile(
                        "sales version 1",
                        sales.publications().get(0).manifest().bytes(),
                        sales.publications().get(0).manifestSha256()));
    }

    @Test
    void versionsAreReadAsWhatTheyAreAndJoined() {
        publishSales();
        Job job = Job.named("twice");
        var sales = job.read(Version.of("sales", 1).as(Integer.class, Sale.class));
        Type<GenericRecord> generic = Type.generic(Type.of(Sale.class).schema());
        var genericSales = job.read(Version.of("sales", 1).as(Type.of(Integer.class), generic));
        Collected<KeyValue<Integer, Boolean>> found = sales.join(
                        genericSales,
                        (sale, record) -> record.get("shop").toString().equals(sale.shop()))
                .collect();

        assertThat(runner.run(job).of(found)).hasSize(SALES).allMatch(KeyValue::value);
        assertThat(job.explain()).contains("read sales version 1");
    }

    @Test
    void valuesAreResolvedIntoTheSchemaThatTheyAreReadWith() {
        publishSales();
        Job job = Job.named("older");
        Collected<KeyValue<Integer, Older.Sale>> found = job.read(
                        Version.of("sales", 1).as(Integer.class, Older.Sale.class))
                .collect();

        assertThat(runner.run(job).of(found)).hasSize(SALES).contains(new KeyValue<>(7, new Older.Sale(shop(7))));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        publishSales();

        assertRefused(Version.of("sales", 1).as(String.class, Sale.class), "keys of sales version 1 are [int]");
        assertRefused(Version.of("sales", 1).as(Integer.class, Total.class), "values of sales version 1");
        assertThatThrownBy(() -> read(Version.of("sales", 2).as(Integer.class, Sale.class)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("sales");
        assertThatThrownBy(() -> read(Version.current("sales").as(Integer.class, Sale.class)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No version of sales is current");
    }

    @Test
    void theCurrentVersionIsTheOneThatTheCatalogNames() {
        CommittedVersion sales = publishSales().publications().get(0);
        runner.makeCurrent(sales.manifest().version(), sales.manifestSha256());
        Job job = Job.named("current");
        Collected<KeyValue<Integer, Sale>> found =
                job.read(Version.current("sales").as(Integer.class, Sale.class)).collect();

        assertThat(runner.run(job).of(found)).hasSize(SALES);

        runner.makeCurrent(sales.manifest().version(), "0".repeat(64));
        assertThatThrownBy(() -> runner.run(job))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("manifest.json");
    }

    @Test
    void aDamagedFileFailsTheJobAndIsNamed() throws IOException {
        Manifest manifest = publishSales().publications().get(0).manifest();
        String name = manifest.files().get(0).name();
        Path file = folder.resolve("repository").resolve(Layout.file(manifest.version(), name));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);

        assertThatThrownBy(() -> read(Version.of("sales", 1).as(Integer.class, Sale.class)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(name);

        Files.delete(file);
        assertThatThrownBy(() -> read(Version.of("sales", 1).as(Integer.class, Sale.class)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anEngineThatDoesNotKnowWhereVersionsAreSaysSo() {
        Job job = Job.named("nowhere");
        job.read(Version.of("sales", 1).as(Integer.class, Sale.class)).collect();

        assertThatThrownBy(() -> EmbeddedEngine.builder().build().run(job))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sales version 1");
    }

    private void assertRefused(io.slipway.batch.VersionSource<?, ?> version, String message) {
        assertThatThrownBy(() -> read(version))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private void read(io.slipway.batch.VersionSource<?, ?> version) {
        Job job = Job.named("read");
        job.read(version).collect();
        runner.run(job);
    }

    private JobResult publishSales() {
        Job job = Job.named("sales");
        List<Integer> numbers = IntStream.range(0, SALES).boxed().toList();
        job.read(Records.of(numbers, Type.of(Integer.class)).inParts(2))
                .keyBy(number -> number, Type.of(Integer.class))
                .mapValues(number -> new Sale(shop(number), number))
                .publish(Publication.of("sales").withPartitions(3));
        return runner.run(job);
    }

    private static String shop(int number) {
        return "shop " + number % 7;
    }
}
