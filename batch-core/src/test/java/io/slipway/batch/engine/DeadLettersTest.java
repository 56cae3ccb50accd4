package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.batch.Collected;
import io.slipway.batch.DeadLetters;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.format.Csv;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.publish.Publication;
import io.slipway.model.value.ValueCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    private static final int FILES = 4;
    private static final int ROWS = 50;

    @TempDir
    Path folder;

    private Path input;
    private Path letters;

    record Row(String id, long amount) {}

    /** Writes files in each of which every tenth row has no number. */
    @BeforeEach
    void writeInput() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        letters = folder.resolve("dead.jsonl");
        for (int file = 0; file < FILES; file++) {
            List<String> lines = new ArrayList<>(List.of("id,amount"));
            for (int row = 0; row < ROWS; row++) {
                lines.add("\"a, " + file + "-" + row + "\"," + (row % 10 == 3 ? "many" : row));
            }
            Files.write(input.resolve("f" + file + ".csv"), lines);
        }
    }

    @Test
    void badRecordsGoToTheFileInTheOrderOfTheInputAndTheOthersGoOn() throws IOException {
        Job job = Job.named("tolerant");
        Collected<Row> rows = job.read(rows()).collect();

        JobResult result = run(job, DeadLetters.in(letters).atMost(new DeadLetters.Count(20)));

        assertThat(result.of(rows)).hasSize(FILES * ROWS - 20).allMatch(row -> row.amount() % 10 != 3);
        assertThat(result.counter(SourceContext.BAD_RECORDS)).isEqualTo(20);
        List<JsonNode> dead = dead();
        assertThat(dead).hasSize(20);
        assertThat(dead.get(0).get("file").asText()).endsWith("f0.csv");
        assertThat(dead.get(0).get("place").asText()).isEqualTo("line 5");
        assertThat(dead.get(0).get("value").asText()).isEqualTo("\"a, 0-3\",many");
        assertThat(dead.get(0).get("reason").asText()).contains("amount", "many");
        assertThat(dead.get(19).get("value").asText()).isEqualTo("\"a, 3-43\",many");
        assertThat(folder)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void oneMoreThanTheLimitFailsTheJobAndTheFileShowsThem() throws IOException {
        Job job = Job.named("strict");
        job.read(rows()).collect();
        assertThatThrownBy(() -> run(job, DeadLetters.in(letters).atMost(new DeadLetters.Count(3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the limit is 3")
                .hasMessageContaining(letters.toString());
        assertThat(dead()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void theShareIsOfAllRecordsThatWereRead() throws IOException {
        DeadLetters tenth = DeadLetters.in(letters).atMost(new DeadLetters.Share(0.1));
        Job within = Job.named("within");
        within.read(rows()).collect();
        run(within, tenth);
        assertThat(dead()).hasSize(20);

        Files.writeString(input.resolve("f9.csv"), "id,amount\nx,none\n");
        Job beyond = Job.named("beyond");
        beyond.read(rows()).collect();
        assertThatThrownBy(() -> run(beyond, tenth))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("21 of 201 records")
                .hasMessageContaining("10.0%");
        assertThat(dead()).hasSize(21);
    }

    @Test
    void anAttemptThatFailsLeavesNoDeadLetters() throws IOException {
        AtomicInteger failures = new AtomicInteger(3);
        Job job = Job.named("flaky");
        job.read(rows())
                .map(row -> {
                    if (row.amount() == 49 && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("flaky");
                    }
                    return row;
                })
                .collect();
        JobResult result = run(job, DeadLetters.in(letters).atMost(new DeadLetters.Count(20)));
        assertThat(result.failedAttempts()).isEqualTo(3);
        assertThat(dead()).hasSize(20);
    }

    @Test
    void whatAnEncoderRefusesIsADeadLetterToo() throws IOException {
        MemoryPublisher publisher = new MemoryPublisher(2);
        Schema text = Schema.create(Schema.Type.STRING);
        Job job = Job.named("encoding");
        job.read(Csv.files(List.of(input)).rows()).publishEncoded(Publication.of("rows"), text, text, (row, out) -> {
            if (row.text(1).equals("many")) {
                out.refuse(() -> row.bad("field 'amount' is 'many'."), "Write a number.");
            } else {
                out.emit(
                        KeyCodec.of(text).encode(row.text(0)),
                        ValueCodec.of(text).encode(row.text(0)));
            }
        });
        DeadLetters tenth = DeadLetters.in(letters).atMost(new DeadLetters.Share(0.1));
        JobResult result = EmbeddedEngine.builder()
                .publisher(publisher)
                .deadLetters(tenth)
                .build()
                .run(job);
        assertThat(result.recordsOut()).isEqualTo(FILES * ROWS - 20);
        assertThat(dead()).hasSize(20);
    }

    @Test
    void withoutBadRecordsYesterdaysFileIsReplacedByAnEmptyOne() throws IOException {
        Files.writeString(letters, "old");
        for (int file = 0; file < FILES; file++) {
            Files.writeString(input.resolve("f" + file + ".csv"), "id,amount\nx,1\n");
        }
        Job job = Job.named("clean");
        job.read(rows()).collect();
        run(job, DeadLetters.in(letters));
        assertThat(letters).isEmptyFile();
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsRead() {
        Job job = Job.named("nowhere");
        job.read(rows()).map(row -> {
            throw new AssertionError("read");
        });
        assertThatThrownBy(() -> run(job, DeadLetters.in(folder.resolve("no/such/dead.jsonl"))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no/such/dead.jsonl");
    }

    private Source<Row> rows() {
        return Csv.files(List.of(input)).as(Row.class);
    }

    private JobResult run(Job job, DeadLetters deadLetters) {
        Path scratch = folder.resolve("scratch");
        JobResult result;
        try {
            result = EmbeddedEngine.builder()
                    .scratch(scratch)
                    .deadLetters(deadLetters)
                    .build()
                    .run(job);
        } finally {
            assertThat(scratch)
                    .satisfiesAnyOf(
                            path -> assertThat(path).doesNotExist(),
                            path -> assertThat(path).isEmptyDirectory());
        }
        return result;
    }

    private List<JsonNode> dead() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> found = new ArrayList<>();
        try (Stream<String> lines = Files.lines(letters)) {
            for (String line : lines.toList()) {
                found.add(mapper.readTree(line));
            }
        }
        return found;
    }
}
