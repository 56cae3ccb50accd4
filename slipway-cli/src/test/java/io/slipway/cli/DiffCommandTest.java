package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {

    @TempDir
    Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void publish() {
        fixture = new PublishFixture(folder);
        fixture.publish(
                fixture.file("1.csv", "id,name,size", "a,Ann,1", "b,Bob,2", "c,\"Cy, \"\"C\"\"\",3"), "--key", "id");
        fixture.publish(fixture.file("2.csv", "id,name,size", "a,Ann,1", "c,Cy,3", "d,Dee,4"), "--key", "id");
    }

    @Test
    void itCountsWhatDiffersInJson() {
        JsonNode diff = diff("1", "2", "--json").json();
        assertThat(diff.path("added").asLong()).isEqualTo(1);
        assertThat(diff.path("removed").asLong()).isEqualTo(1);
        assertThat(diff.path("changed").asLong()).isEqualTo(1);
        assertThat(diff.path("unchanged").asLong()).isEqualTo(1);
        assertThat(diff.path("fields").toString())
                .isEqualTo("[{\"field\":\"name\",\"presence\":\"both\",\"changed\":1,\"share\":0.5},"
                        + "{\"field\":\"size\",\"presence\":\"both\",\"changed\":0,\"share\":0.0}]");
        assertThat(diff.path("examples")).hasSize(3);
        assertThat(diff.path("examples").get(2).toString())
                .isEqualTo("{\"key\":\"c\",\"change\":\"changed\",\"old\":{\"name\":\"Cy, \\\"C\\\"\",\"size\":3},"
                        + "\"new\":{\"name\":\"Cy\",\"size\":3}}");
    }

    @Test
    void peopleGetATableAndExamples() {
        assertThat(diff("1", "2").out().lines().map(String::stripTrailing))
                .containsExactly(
                        "d, from version 1 (records 3) to 2 (records 3):",
                        "KEYS       COUNT",
                        "added          1",
                        "removed        1",
                        "changed        1",
                        "unchanged      1",
                        "",
                        "FIELD  CHANGED   SHARE",
                        "name         1  50.00%",
                        "size         0   0.00%",
                        "",
                        "+ d  {\"name\":\"Dee\",\"size\":4}",
                        "- b  {\"name\":\"Bob\",\"size\":2}",
                        "~ c  name \"Cy, \\\"C\\\"\" → \"Cy\"");
    }

    @Test
    void aVersionDoesNotDifferFromItselfAndSaysHowItKnows() {
        assertThat(diff("2", "2").out()).contains("unchanged      3", "0 of 1 partitions were read");
        assertThat(diff("2", "2", "--full").out()).contains("unchanged      3").doesNotContain("partitions were read");
    }

    @Test
    void theFullListIsInTheFileByKey() throws IOException {
        Path list = folder.resolve("list.jsonl");
        assertThat(diff("1", "2", "--output", list.toString(), "--examples", "0")
                        .code())
                .isEqualTo(Failures.DONE);
        assertThat(Files.readAllLines(list))
                .containsExactly(
                        "{\"key\":\"b\",\"change\":\"removed\",\"old\":{\"name\":\"Bob\",\"size\":2}}",
                        "{\"key\":\"c\",\"change\":\"changed\",\"old\":{\"name\":\"Cy, \\\"C\\\"\",\"size\":3},"
                                + "\"new\":{\"name\":\"Cy\",\"size\":3}}",
                        "{\"key\":\"d\",\"change\":\"added\",\"new\":{\"name\":\"Dee\",\"size\":4}}");
    }

    @Test
    void aFailureLeavesTheFileThatWasThereAndNoOther() throws IOException {
        Path list = Files.writeString(folder.resolve("list.jsonl"), "of before");
        Path sst = sst(2);
        byte[] content = Files.readAllBytes(sst);
        content[20] ^= 1;
        Files.write(sst, content);
        Outcome outcome = diff("1", "2", "--output", list.toString());
        assertThat(outcome.code()).isEqualTo(Failures.FAILED);
        assertThat(outcome.err()).contains("datasets/d/v2/" + sst.getFileName(), "is damaged");
        assertThat(outcome.out()).isEmpty();
        assertThat(list).hasContent("of before");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".list"));
        }
    }

    @Test
    void anOutputThatIsNoFileIsRefused() {
        assertThat(diff("1", "2", "--output", folder.toString()).err()).contains(folder + " is not a file");
    }

    @Test
    void versionsWithoutRecordsAreExplained() {
        assertThat(diff("1", "9").err()).contains("There is no version 9 of d");

        try (OpenRepository opened = OpenRepository.of(fixture.repository())) {
            DatasetName dataset = new DatasetName("d");
            opened.repository().claim(dataset, new RunId("late"), 1);
            assertThat(diff("1", "3").err()).contains("Version 3 of d is claimed and not committed yet");
            opened.repository().abort(new VersionId(dataset, 3), "the job failed");
        }
        assertThat(diff("3", "1").err()).contains("Version 3 of d was aborted (the job failed)");

        fixture.record(1, "", VersionState.RETIRED);
        Outcome retired = diff("1", "2");
        assertThat(retired.err()).contains("Version 1 of d is retired: its files are deleted.");
        assertThat(retired.code()).isEqualTo(Failures.FAILED);
    }

    @Test
    void whatIsNotANumberIsWrongUsage() {
        assertThat(diff("1", "two").code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(diff("1", "2", "--examples", "-1").err()).contains("-1 examples are not possible");
    }

    private Path sst(long version) {
        try (Stream<Path> files = Files.list(fixture.repository().resolve("datasets/d/v" + version))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Outcome diff(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("diff", "d", "--repository", fixture.repository().toString()));
        all.addAll(List.of(arguments));
        return PublishFixture.execute(all.toArray(String[]::new));
    }
}
