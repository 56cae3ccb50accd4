package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.PublishFixture.Outcome;
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

/** {@code slipway publish --delta}, and what other commands make of a delta. */
class PublishDeltaTest {

    private static final VersionState[] TO_CURRENT = {VersionState.STAGING, VersionState.STAGED, VersionState.CURRENT};

    @TempDir
    private Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void publishABase() {
        fixture = new PublishFixture(folder);
        Path base = fixture.file("base.csv", "id,name,n", "a,Anna,1", "b,Bert,2", "c,Carl,");
        assertThat(fixture.publish(base, "--key", "id", "--partitions", "2").code())
                .isZero();
        fixture.record(1, "", TO_CURRENT);
    }

    @Test
    void rowsThatAreMarkedAreDeletesAndTheOthersPuts() {
        Path changes =
                fixture.file("delta.csv", "id,name,n,gone", "a,,,true", "b,Berta,2,false", "d,Dora,4,", "x,,,true");
        Outcome outcome = publish(changes, "--delete-marker", "gone", "--json");

        assertThat(outcome.err()).isEmpty();
        JsonNode json = outcome.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "dataset",
                        "version",
                        "route",
                        "records",
                        "duplicates",
                        "partitions",
                        "bytes",
                        "digest",
                        "base",
                        "deletes");
        assertThat(json.get("base").asLong()).isEqualTo(1);
        assertThat(json.get("records").asLong()).isEqualTo(4);
        assertThat(json.get("deletes").asLong()).isEqualTo(2);
        assertThat(json.get("partitions").asInt()).isEqualTo(2);
        assertThat(fixture.get(2, "a")).isEmpty();
        assertThat(fixture.get(2, "b")).isEqualTo("{\"name\":\"Berta\",\"n\":2}");
        assertThat(fixture.get(2, "c")).isEqualTo("{\"name\":\"Carl\",\"n\":null}");
        assertThat(fixture.get(2, "d")).isEqualTo("{\"name\":\"Dora\",\"n\":4}");
        assertThat(fixture.get(1, "a")).isEqualTo("{\"name\":\"Anna\",\"n\":1}");
    }

    @Test
    void jsonLinesNeedNoMoreThanKeyAndMarkerForADelete() {
        Path changes = fixture.file(
                "delta.jsonl",
                "{\"id\":\"a\",\"gone\":true}",
                "{\"id\":\"b\",\"name\":\"Berta\",\"n\":3,\"gone\":false}",
                "{\"id\":\"d\",\"name\":\"Dora\",\"n\":4}");
        Outcome outcome = publish(changes, "--delete-marker", "gone");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("base +version 1")
                .containsPattern("puts +2")
                .containsPattern("deletes +1");
        assertThat(fixture.get(2, "a")).isEmpty();
        assertThat(fixture.get(2, "b")).isEqualTo("{\"name\":\"Berta\",\"n\":3}");
        assertThat(fixture.get(2, "d")).isEqualTo("{\"name\":\"Dora\",\"n\":4}");
    }

    @Test
    void withoutAMarkerAllRowsArePuts() {
        assertThat(publish(fixture.file("delta.csv", "id,name,n", "a,Anton,1")).code())
                .isZero();
        assertThat(fixture.get(2, "a")).isEqualTo("{\"name\":\"Anton\",\"n\":1}");
        assertThat(fixture.get(2, "b")).isEqualTo("{\"name\":\"Bert\",\"n\":2}");
    }

    @Test
    void typesAreThoseOfTheBase() {
        Path changes = fixture.file("delta.csv", "id,name,n", "a,7,1");
        assertThat(publish(changes).code()).isZero();
        assertThat(fixture.get(2, "a")).isEqualTo("{\"name\":\"7\",\"n\":1}");
        Outcome misfit = publish(fixture.file("other.csv", "id,name,n", "a,Anna,many"));
        assertThat(misfit.code()).isEqualTo(1);
        assertThat(misfit.err()).contains("many", "line 2");
    }

    @Test
    void anotherBaseCanBeNamed() {
        assertThat(publish(fixture.file("delta.csv", "id,name,n", "a,Anton,1")).code())
                .isZero();
        Outcome second = publish(fixture.file("more.csv", "id,name,n", "d,Dora,4"), "--base", "2", "--json");
        assertThat(second.json().get("base").asLong()).isEqualTo(2);
        assertThat(fixture.get(3, "a")).isEqualTo("{\"name\":\"Anton\",\"n\":1}");
        assertThat(fixture.get(3, "d")).isEqualTo("{\"name\":\"Dora\",\"n\":4}");
    }

    @Test
    void aPutAndADeleteOfOneKeyAreDuplicates() {
        Path changes = fixture.file("delta.csv", "id,name,n,gone", "a,Anton,1,false", "a,,,true");
        Outcome refused = publish(changes, "--delete-marker", "gone");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("a", "duplicates");
        assertThat(publish(changes, "--delete-marker", "gone", "--duplicates", "last")
                        .code())
                .isZero();
        assertThat(fixture.get(2 + 1, "a")).isEmpty();
    }

    @Test
    void aMarkerThatIsNeitherTrueNorFalseIsNamed() {
        Path changes = fixture.file("delta.csv", "id,name,n,gone", "a,Anton,1,maybe");
        Outcome outcome = publish(changes, "--delete-marker", "gone");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("gone", "maybe", "true or false");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        Path changes = fixture.file("delta.csv", "id,name,n", "a,Anton,1");
        for (List<String> options : List.of(
                List.of("--base", "1"),
                List.of("--delete-marker", "n"),
                List.of("--delta", "--new-schema"),
                List.of("--delta", "--delete-marker", "id"))) {
            String[] all = options.toArray(new String[options.size() + 2]);
            all[options.size()] = "--key";
            all[options.size() + 1] = "id";
            assertThat(fixture.publish(changes, all).code()).as("%s", options).isEqualTo(2);
        }
        assertThat(fixture.committed()).hasSize(1);
    }

    @Test
    void aDryRunCountsTheChanges() {
        Path changes = fixture.file("delta.csv", "id,name,n,gone", "a,,,true", "d,Dora,4,false");
        Outcome outcome = publish(changes, "--delete-marker", "gone", "--dry-run", "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.json().get("records").asLong()).isEqualTo(2);
        assertThat(fixture.committed()).hasSize(1);
    }

    @Test
    void versionsShowTheBaseAndWhatChanges() {
        Path changes = fixture.file("delta.csv", "id,name,n,gone", "a,,,true", "d,Dora,4,false", "e,Emil,5,false");
        publish(changes, "--delete-marker", "gone");
        Outcome people = PublishFixture.execute(
                "versions", "d", "--repository", fixture.repository().toString());
        assertThat(people.out()).contains("on 1: 2 puts, 1 deletes");
        Outcome json = PublishFixture.execute(
                "versions", "d", "--json", "--repository", fixture.repository().toString());
        assertThat(json.json().get(0).get("base").asLong()).isEqualTo(1);
        assertThat(json.json().get(0).has("resultDigest")).as("not staged yet").isFalse();
        assertThat(json.json().get(1).has("base")).isFalse();
    }

    @Test
    void anExportOfADeltaHasTheRecordsThatAReaderFinds() {
        publish(fixture.file("delta.csv", "id,name,n,gone", "a,,,true", "d,Dora,4,false"), "--delete-marker", "gone");
        Outcome outcome = PublishFixture.execute(
                "export",
                "d",
                "2",
                "--format",
                "csv",
                "--repository",
                fixture.repository().toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Bert", "Carl", "Dora").doesNotContain("Anna");
    }

    @Test
    void aFileOfDeletesCanBeLookedInto() throws IOException {
        publish(fixture.file("delta.csv", "id,name,n,gone", "a,,,true"), "--delete-marker", "gone");
        try (Stream<Path> files = Files.walk(fixture.repository())) {
            Path deletes = files.filter(file -> file.toString().endsWith(".deletes.sst"))
                    .findFirst()
                    .orElseThrow();
            Outcome outcome = PublishFixture.execute("inspect", deletes.toString(), "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.json().get(0).get("content").get("holds").asText())
                    .isEqualTo("deletes");
        }
    }

    @Test
    void aDeltaIsCompactedToAFullVersion() {
        Path changes = fixture.file("delta.csv", "id,name,n,gone", "a,,,true", "d,Dora,4,false");
        publish(changes, "--delete-marker", "gone");
        Outcome compacted = compact("2", "--json");
        assertThat(compacted.code()).as(compacted.err()).isZero();
        assertThat(compacted.json().get("version").asLong()).isEqualTo(3);
        assertThat(compacted.json().get("records").asLong()).isEqualTo(3);
        assertThat(compacted.json().has("base")).isFalse();
        assertThat(fixture.get(3, "a")).isEmpty();
        assertThat(fixture.get(3, "d")).isEqualTo("{\"name\":\"Dora\",\"n\":4}");
        Outcome full = compact("1");
        assertThat(full.code()).isEqualTo(1);
        assertThat(full.err()).contains("version 1 of d", "full version");
        assertThat(compact().err()).contains("full version");
    }

    private Outcome compact(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compact", "d"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--repository", fixture.repository().toString()));
        return PublishFixture.execute(all.toArray(String[]::new));
    }

    private Outcome publish(Path changes, String... options) {
        List<String> all = new ArrayList<>(List.of("--key", "id", "--delta"));
        all.addAll(List.of(options));
        return fixture.publish(changes, all.toArray(String[]::new));
    }
}
