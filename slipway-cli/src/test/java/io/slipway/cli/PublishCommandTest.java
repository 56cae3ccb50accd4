package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
import io.slipway.model.catalog.VersionState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {

    private static final VersionState[] TO_CURRENT = {VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT};

    @TempDir
    private Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void createFixture() {
        fixture = new PublishFixture(folder);
    }

    @Test
    void filesBecomeAVersionThatCanBeLookedUp() {
        Path file = fixture.file("a.csv", "iata,name,size", "00M,\"Thigpen, \"\"old\"\"\",3", "LAX,Los Angeles,");
        Outcome outcome = fixture.publish(file, "--key", "iata", "--label", "first", "--json");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        JsonNode json = outcome.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "dataset", "version", "route", "records", "duplicates", "partitions", "bytes", "digest");
        assertThat(json.get("dataset").asText()).isEqualTo("d");
        assertThat(json.get("version").asLong()).isEqualTo(1);
        assertThat(json.get("route").asText()).isEqualTo("sst");
        assertThat(json.get("records").asLong()).isEqualTo(2);
        assertThat(json.get("digest").asText()).matches("[0-9a-f]{16}");
        assertThat(fixture.get(1, "00M")).isEqualTo("{\"name\":\"Thigpen, \\\"old\\\"\",\"size\":3}");
        assertThat(fixture.get(1, "LAX")).isEqualTo("{\"name\":\"Los Angeles\",\"size\":null}");
    }

    @Test
    void peopleAreToldWhatWasPublishedAndWhatComesNext() {
        Outcome outcome = fixture.publish(fixture.file("a.csv", "id,n", "a,1"), "--key", "id");
        assertThat(outcome.out())
                .startsWith("Published version 1 of d.")
                .containsPattern("records +1")
                .containsPattern("digest +[0-9a-f]{16}")
                .contains("slipway serve --repository " + fixture.repository());
    }

    @Test
    void duplicatesAreSettledInTheOrderOfTheInput() {
        Path first = fixture.file("a.csv", "id,n", "a,1", "b,2", "a,3");
        Path second = fixture.file("b.csv", "id,n", "b,4");
        Outcome last = fixture.publish(first, second.toString(), "--key", "id", "--duplicates", "last", "--json");
        assertThat(last.json().get("duplicates").asLong()).isEqualTo(2);
        assertThat(fixture.get(1, "a")).isEqualTo("{\"n\":3}");
        assertThat(fixture.get(1, "b")).isEqualTo("{\"n\":4}");
        fixture.publish(first, "--input", second.toString(), "--key", "id", "--duplicates", "first");
        assertThat(fixture.get(2, "a")).isEqualTo("{\"n\":1}");
        assertThat(fixture.get(2, "b")).isEqualTo("{\"n\":2}");
    }

    @Test
    void standardInputIsPublishedAsAFileIs() throws IOException {
        Path file = fixture.file("a.csv", "id,n", "a,1", "b,x");
        String[] night = {"--key", "id", "--format", "csv", "--run-id", "night-1", "--json"};
        Outcome fromFile = fixture.publish(file, night);
        Outcome piped = withStandardInput(Files.readAllBytes(file), night);
        assertThat(piped.err()).isEmpty();
        assertThat(piped.json()).isEqualTo(fromFile.json());
        Outcome wrong = withStandardInput("id\n\"a".getBytes(StandardCharsets.UTF_8), "--key", "id", "--format", "csv");
        assertThat(wrong.err()).contains("standard-input, line 2: a quote is opened");
        Outcome nameless = withStandardInput(new byte[0], "--key", "id");
        assertThat(nameless.code()).isEqualTo(2);
        assertThat(nameless.err()).contains("--format");
        Outcome twice = withStandardInput(new byte[0], "-", "--key", "id", "--format", "csv");
        assertThat(twice.code()).isEqualTo(2);
        try (Stream<Path> left = Files.walk(folder.resolve("scratch"))) {
            assertThat(left.filter(Files::isRegularFile)).allMatch(path -> path.endsWith("locks"));
        }
    }

    private Outcome withStandardInput(byte[] content, String... options) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(content));
        try {
            return fixture.publish(Path.of("-"), options);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void typesMayHaveCommasInThem() {
        Path file = fixture.file("a.csv", "id,price,n", "a,12.5,1");
        Outcome outcome = fixture.publish(file, "--key", "id", "--type", "price:decimal(9,2),n:string");
        assertThat(outcome.err()).isEmpty();
        assertThat(fixture.get(1, "a")).isEqualTo("{\"price\":12.50,\"n\":\"1\"}");
    }

    @Test
    void jsonLinesArePublishedAsCsvIs() {
        Path csv = fixture.file("a.csv", "id,n,x", "a,1,0.5", "b,,1");
        Path jsonl = fixture.file("a.jsonl", "{\"id\":\"a\",\"n\":1,\"x\":0.5}", "{\"id\":\"b\",\"x\":1}");
        String expected = fixture.publish(csv, "--key", "id", "--json")
                .json()
                .get("digest")
                .asText();
        assertThat(fixture.publish(jsonl, "--key", "id", "--json")
                        .json()
                        .get("digest")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void aRunIdGivesOneVersionAndRefusesOtherWork() {
        Path file = fixture.file("a.csv", "id,n", "a,1");
        Outcome first = fixture.publish(file, "--key", "id", "--run-id", "night-1", "--json");
        Outcome second = fixture.publish(file, "--key", "id", "--run-id", "night-1", "--json");
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(fixture.publish(file, "--key", "id", "--run-id", "night-1").out())
                .contains("had published version 1 of d before");
        refused(fixture.publish(file, "--key", "id", "--run-id", "night-1", "--type", "n:string"), 1, "night-1");
        refused(
                fixture.publish(fixture.file("a.csv", "id,n", "a,2"), "--key", "id", "--run-id", "night-1"),
                1,
                "night-1");
        assertThat(fixture.committed()).hasSize(1);
    }

    @Test
    void theTypesOfTheCurrentVersionAreKept() {
        fixture.publish(fixture.file("a.csv", "zip,n", "A1,7"), "--key", "zip");
        fixture.record(1, "", TO_CURRENT);
        Outcome second = fixture.publish(fixture.file("b.csv", "zip,n", "10001,8"), "--key", "zip");
        assertThat(second.err()).isEmpty();
        assertThat(fixture.get(2, "10001")).isEqualTo("{\"n\":8}");
        Path misfit = fixture.file("c.csv", "zip,n", "B2,n/a");
        refused(fixture.publish(misfit, "--key", "zip"), 1, "c.csv, line 2", "'n'", "'n/a'", "--new-schema", "--type");
        refused(fixture.publish(misfit, "--key", "zip", "--new-schema"), 1, "n", "compatibility");
    }

    @Test
    void rowsThatCannotBeUsedGoToTheDeadLettersUpToTheLimit() {
        Path file = fixture.file("a.csv", "id,n", "a,1", "b,2,3", ",4", "d,x", "e,5");
        Path dead = folder.resolve("dead.jsonl");
        String[] some = {"--key", "id", "--type", "n:long", "--dead-letters", dead.toString(), "--dead-letter-limit"};
        String[] night =
                Stream.concat(Stream.of("--run-id", "night-1"), Stream.of(some)).toArray(String[]::new);
        Outcome outcome = fixture.publish(file, and(night, "60%"));
        fixture.publish(file, and(night, "60%")); // Does nothing, and leaves the dead letters.
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("bad rows", "3 left out");
        assertThat(fixture.get(1, "e")).isEqualTo("{\"n\":5}");
        assertThat(contentOf(dead.toFile()).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("line 3", "3 fields", "b,2,3"),
                        line -> assertThat(line).contains("line 4", "'id' is null", ",4"),
                        line -> assertThat(line).contains("line 5", "'x'", "d,x"));
        refused(fixture.publish(file, and(some, "2")), 1, "limit is 2", "dead.jsonl");
        refused(fixture.publish(file, and(some, "50%")), 1, "3 of 5 records", "50.0%");
        refused(fixture.publish(file, and(some, "few")), 2, "'few'", "0.5%");
        assertThat(fixture.committed()).hasSize(1);
    }

    @Test
    void aDryRunShowsWhatWouldBeAndCreatesNothing() {
        Path file = fixture.file("a.csv", "id,n", "a,1", "b,2", "a,");
        Outcome outcome = fixture.publish(file, "--key", "id", "--dry-run");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("Nothing was published")
                .containsPattern("value +n null or long")
                .containsPattern("rows +3")
                .containsPattern("records +2")
                .containsPattern("duplicates +1")
                .containsPattern("partitions +1")
                .contains("would be refused");
        assertThat(fixture.repository()).doesNotExist();

        JsonNode dry = fixture.publish(file, "--key", "id", "--duplicates", "last", "--dry-run", "--json")
                .json();
        JsonNode real = fixture.publish(file, "--key", "id", "--duplicates", "last", "--json")
                .json();
        assertThat(dry.get("digest")).isEqualTo(real.get("digest"));
        assertThat(dry.get("keySchema").asText()).isEqualTo("string");
    }

    @Test
    void aFileWithoutRowsIsAnEmptyVersion() {
        Outcome outcome = fixture.publish(fixture.file("a.csv", "id,n"), "--key", "id", "--json");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.json().get("records").asLong()).isZero();
    }

    @Test
    void wrongInputIsRefusedWithPlaceValueAndWayOut() throws IOException {
        Path file = fixture.file("a.csv", "id,n", "a,1");
        refused(fixture.publish(file, "--key", "iat"), 1, "a.csv", "'iat'", "id, n");
        Path quote = fixture.file("quote.csv", "id,n", "a,1", "b,\"2", "c,3");
        refused(fixture.publish(quote, "--key", "id"), 1, "quote.csv, line 3", "quote", "Close it");
        Path twice = fixture.file("twice.csv", "id,n", "a,1", "a,2");
        refused(fixture.publish(twice, "--key", "id"), 1, "'a' 2 times", "--duplicates first or last");
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        refused(fixture.publish(empty, "--key", "id"), 1, "empty.csv is empty", "no header");
        refused(fixture.publish(folder.resolve("none.csv"), "--key", "id"), 1, "none.csv does not exist");
        refused(
                fixture.publish(fixture.file("short.csv", "id,n", "a"), "--key", "id"),
                1,
                "short.csv, line 2",
                "1 field");
        refused(fixture.publish(fixture.file("a.txt", "id,n"), "--key", "id"), 1, "a.txt", "--format");
        assertThat(fixture.committed()).isEmpty();
    }

    @Test
    void aRepositoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(fixture.repository(), "in the way");
        Path file = fixture.file("a.csv", "id,n", "a,1");
        refused(fixture.publish(file, "--key", "id"), 1, fixture.repository().toString(), "is a file");
    }

    @Test
    void wrongUsageHasItsOwnExitCode() {
        Path file = fixture.file("a.csv", "id,n", "a,1");
        refused(fixture.publish(file), 2, "--key");
        refused(fixture.publish(file, "--key", "id", "--bogus"), 2, "--bogus");
        refused(fixture.publish(file, "--key", "id", "--dataset", "Not A Name"), 2, "--dataset");
        refused(fixture.publish(file, "--key", "id", "--format", "excel"), 2, "--format", "csv", "jsonl");
        refused(fixture.publish(file, "--key", "id,id"), 2, "--key", "'id'", "twice");
        refused(fixture.publish(file, "--key", "id", "--type", "n"), 2, "--type", "FIELD:TYPE");
        refused(fixture.publish(file, "--key", "id", "--type", "n:number"), 2, "'number'", "long");
        refused(fixture.publish(file, "--key", "id", "--delimiter", ";;"), 2, "--delimiter", "';;'");
        refused(fixture.publish(file, "--key", "id", "--partitions", "0"), 2, "--partitions 0");
        refused(fixture.publish(file, "--key", "id", "--memory", "much"), 2, "--memory", "256m");
        refused(fixture.publish(file, "--key", "id", "--memory", "1m"), 2, "--memory 1m", "32m");
        refused(fixture.publish(file, "--key", "id", "--memory", "900g"), 2, "--memory 900g");
        refused(fixture.publish(file, "--key", "id", "--route", "kafka"), 2, "--route kafka", "--kafka HOST:PORT");
        refused(fixture.publish(file, "--key", "id", "--duplicates", "merge"), 2, "merge");
        Path json = fixture.file("a.jsonl", "{\"id\":1}");
        refused(fixture.publish(json, "--key", "id", "--no-header"), 2, "--no-header", "jsonl");
        refused(fixture.publish(file, "--key", "id", "--run-id", "a b"), 2, "--run-id");
        refused(fixture.publish(file, "--key", "id", "--wait", "--timeout", "soon"), 2, "--timeout", "10m");
        assertThat(fixture.committed()).isEmpty();
    }

    @Test
    void waitingEndsByWhatBecomesOfTheVersion() {
        Path file = fixture.file("a.csv", "id,n", "a,1");
        String[] again = {"--key", "id", "--run-id", "r", "--wait", "--timeout", "200ms"};
        Outcome none = fixture.publish(file, again);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("not current", "slipway serve --repository " + fixture.repository());
        fixture.record(1, "", TO_CURRENT);
        assertThat(fixture.publish(file, again).code()).isZero();
        fixture.record(1, "half the records are gone", VersionState.HELD);
        Outcome held = fixture.publish(file, again);
        assertThat(held.code()).isEqualTo(3);
        assertThat(held.err()).contains("held", "half the records are gone");
        fixture.record(1, "a bit is flipped", VersionState.STAGING, VersionState.REJECTED);
        Outcome rejected = fixture.publish(file, again);
        assertThat(rejected.code()).isEqualTo(1);
        assertThat(rejected.err()).contains("REJECTED", "a bit is flipped");
    }

    @Test
    void scratchFilesAreGoneAtTheEndAlsoThoseOfAKilledRun() throws IOException {
        Path dead = Files.createDirectories(folder.resolve("scratch").resolve("1-dead"));
        Files.writeString(dead.resolveSibling("1-dead.lock"), "");
        Files.writeString(dead.resolve("run-0"), "left behind");
        fixture.publish(fixture.file("a.csv", "id,n", "a,1"), "--key", "id");
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    private static void refused(Outcome outcome, int code, String... parts) {
        assertThat(outcome.err()).contains(parts).startsWith("slipway: ").doesNotContain("\tat ", "Exception");
        assertThat(outcome.err().lines().count()).isEqualTo(code == 2 ? 2 : 1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(code);
    }

    private static String[] and(String[] some, String last) {
        return Stream.concat(Stream.of(some), Stream.of(last)).toArray(String[]::new);
    }
}
