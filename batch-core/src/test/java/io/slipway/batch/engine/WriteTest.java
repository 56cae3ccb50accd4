package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.WrittenFolder;
import io.slipway.batch.engine.OperatorInputs.Input;
import io.slipway.batch.engine.OperatorInputs.Item;
import io.slipway.batch.format.Avro;
import io.slipway.batch.format.Csv;
import io.slipway.batch.format.FileSink;
import io.slipway.batch.format.JsonLines;
import io.slipway.batch.format.Parquet;
import io.slipway.batch.format.TextLines;
import io.slipway.model.InvalidInputException;
import io.slipway.model.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Flow#write}. */
class WriteTest {

    @TempDir
    Path folder;

    static Stream<Input> inputs() {
        return OperatorInputs.inputs();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void recordsAreWrittenInTheOrderOfTheTasksAndReadAgain(Input input) throws IOException {
        Job job = Job.named("write");
        Flow<Item> items = OperatorInputs.read(job, input.items());
        items.write(Csv.to(out("csv")));
        items.write(JsonLines.to(out("json")).gzip());
        items.map(Item::text).write(TextLines.to(out("text")));

        JobResult result = engine().run(job);

        assertThat(result.written()).extracting(WrittenFolder::records).containsOnly((long)
                input.items().size());
        assertThat(read(Csv.files(List.of(out("csv"))).as(Item.class))).isEqualTo(input.items());
        assertThat(read(JsonLines.files(List.of(out("json"))).as(Item.class))).isEqualTo(input.items());
        assertThat(read(TextLines.files(List.of(out("text")))))
                .isEqualTo(input.items().stream().map(Item::text).toList());
        assertThat(names(folder)).containsExactly("csv", "json", "text");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void filesWithSchemasAreReadAgainEvenIfThereWereNoRecords(Input input) {
        Job job = Job.named("write");
        Flow<Item> items = OperatorInputs.read(job, input.items());
        items.write(Avro.to(out("avro")));
        items.write(Parquet.to(out("parquet")));

        engine().run(job);

        List<String> keys = input.items().stream().map(Item::key).toList();
        assertThat(read(Avro.files(List.of(out("avro"))).generic()))
                .extracting(record -> record.get("key").toString())
                .isEqualTo(keys);
        assertThat(read(Parquet.files(List.of(out("parquet"))).generic()))
                .extracting(record -> record.get("key").toString())
                .isEqualTo(keys);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void sortedRecordsAreSortedFromFileToFile(Input input) {
        Job job = Job.named("sorted");
        OperatorInputs.read(job, input.items()).sortedBy(item -> -item.place()).write(Csv.to(out("sorted")));

        JobResult result = engine().run(job);

        assertThat(read(Csv.files(List.of(out("sorted"))).as(Item.class)))
                .isEqualTo(input.items().stream()
                        .sorted(Comparator.comparing(item -> -item.place()))
                        .toList());
        if (input.items().size() > 1) {
            assertThat(result.written().get(0).files()).hasSizeGreaterThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void bothSidesOfAUnionAreWritten(Input input) {
        Job job = Job.named("union");
        List<Item> others = List.of(new Item("a", 1, "x"), new Item("b", 2, "y"));
        Flow<Item> items = OperatorInputs.read(job, input.items());
        items.union(OperatorInputs.read(job, others)).union(items).write(Csv.to(out("union")));

        engine().run(job);

        assertThat(read(Csv.files(List.of(out("union"))).as(Item.class)))
                .containsExactlyInAnyOrderElementsOf(Stream.of(input.items(), others, input.items())
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void theResultSaysWhatWasWritten() throws IOException {
        JobResult result = run(Csv.to(out("deep/down")), item("a"), item("b"), item("c"));

        WrittenFolder written = result.written().get(0);
        assertThat(written.folder()).isEqualTo(out("deep/down").toRealPath());
        assertThat(written.files())
                .extracting(WrittenFolder.File::name)
                .containsExactly("part-00000.csv", "part-00001.csv", "part-00002.csv");
        assertThat(written.records()).isEqualTo(3);
        assertThat(result.recordsOut()).isEqualTo(3);
        for (WrittenFolder.File file : written.files()) {
            assertThat(written.folder().resolve(file.name())).hasSize(file.bytes());
        }
    }

    @Test
    void aFolderThatIsNotEmptyIsRefusedBeforeAnyWorkAndLeftAsItIs() throws IOException {
        Files.createDirectories(out("taken"));
        Files.writeString(out("taken").resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> run(Csv.to(out("taken")), item("a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not empty");
        assertThat(names(out("taken"))).containsExactly("mine.txt");
        assertThat(names(folder)).containsExactly("taken");
    }

    @Test
    void anEmptyFolderIsUsed() throws IOException {
        Files.createDirectories(out("empty"));

        run(Csv.to(out("empty")), item("a"));

        assertThat(names(out("empty"))).containsExactly("part-00002.csv");
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
        Files.writeString(out("file"), "text");

        assertThatThrownBy(() -> run(Csv.to(out("file")).replacing(), item("a")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file");
        assertThat(out("file")).hasContent("text");
    }

    @Test
    void anOutputIsReplacedWholly() throws IOException {
        run(JsonLines.to(out("again")), item("a"), item("b"));
        run(Csv.to(out("again")).replacing(), item("c"));

        assertThat(names(out("again"))).containsExactly("part-00002.csv");
        assertThat(names(folder)).containsExactly("again");
    }

    @Test
    void aJobCanReplaceItsOwnInput() {
        run(Csv.to(out("state")), item("a"), item("b"));
        Job job = Job.named("next");
        job.read(Csv.files(List.of(out("state"))).as(Item.class))
                .map(item -> new Item(item.key() + "!", item.place(), item.text()))
                .write(Csv.to(out("state")).replacing());

        engine().run(job);

        assertThat(read(Csv.files(List.of(out("state"))).as(Item.class)))
                .extracting(Item::key)
                .containsExactly("a!", "b!");
    }

    @Test
    void foldersWithinEachOtherAreRefused() throws IOException {
        Job job = Job.named("twice");
        Flow<Item> items = OperatorInputs.read(job, List.of());
        items.write(Csv.to(out("one")));
        items.write(Csv.to(out("one/two")));

        assertThatThrownBy(() -> engine().run(job))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one is in the other");
        assertThat(names(folder)).doesNotContain("one");
    }

    @Test
    void aJobThatFailsLeavesNothing() throws IOException {
        Job job = Job.named("fails");
        Flow<Item> items = OperatorInputs.read(job, List.of(item("a"), item("b"), item("c")));
        items.write(Csv.to(out("one")));
        items.filter(item -> {
                    if (item.key().equals("c")) {
                        throw new IllegalStateException("no c");
                    }
                    return true;
                })
                .write(Csv.to(out("two")));

        assertThatThrownBy(() -> engine().run(job)).hasMessage("no c");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void whatAnAttemptThatFailedHasWrittenIsNotInTheOutput() {
        AtomicInteger failures = new AtomicInteger(3);
        Job job = Job.named("flaky");
        OperatorInputs.read(job, List.of(item("a"), item("b"), item("c"), item("d")))
                .filter(item -> {
                    if (item.key().equals("d") && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("flaky");
                    }
                    return true;
                })
                .write(Csv.to(out("flaky")));

        assertThat(engine().run(job).failedAttempts()).isEqualTo(3);

        assertThat(read(Csv.files(List.of(out("flaky"))).as(Item.class)))
                .extracting(Item::key)
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void versionsAndFoldersComeFromOneRead() {
        MemoryPublisher publisher = new MemoryPublisher(2);
        Job job = Job.named("both");
        Flow<Item> items = OperatorInputs.read(job, List.of(item("a"), item("b")));
        items.keyBy(Item::key).count().publish(Publication.of("counts"));
        items.write(Csv.to(out("items")));

        JobResult result = EmbeddedEngine.builder()
                .publisher(publisher)
                .scratch(folder.resolve("scratch"))
                .build()
                .run(job);

        assertThat(result.publications()).hasSize(1);
        assertThat(result.written()).hasSize(1);
        assertThat(result.recordsIn()).isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenInAFormatIsRefusedWhenTheJobIsBuilt() {
        Flow<Integer> numbers = OperatorInputs.read(Job.named("job"), List.of()).map(Item::place);

        assertThatThrownBy(() -> numbers.write(Csv.to(out("csv"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Map them to a Java record");
    }

    private JobResult run(FileSink<Object> sink, Item... items) {
        Job job = Job.named("write");
        OperatorInputs.read(job, List.of(items)).write(sink);
        return engine().run(job);
    }

    private EmbeddedEngine engine() {
        return OperatorInputs.engine(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private <T> List<T> read(io.slipway.batch.Source<T> source) {
        Job job = Job.named("read");
        var found = job.read(source).collect();
        return engine().run(job).of(found);
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    private static Item item(String key) {
        return new Item(key, 1, "text");
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
