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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    private static final String SST = "part-00000-1-0.sst";

    @TempDir
    Path folder;

    private PublishFixture fixture;

    @BeforeEach
    void publish() {
        fixture = new PublishFixture(folder);
        fixture.publish(fixture.file("1.csv", "id,name,size", "a,Ann,1", "b,Bob,2", "c,Cy,3"), "--key", "id");
    }

    @Test
    void everyFileOfAVersionIsShown() {
        Outcome outcome = inspect("--repository", fixture.repository().toString(), "d", "1", "--json");
        assertThat(outcome.code()).isEqualTo(Failures.DONE);
        JsonNode files = outcome.json();
        assertThat(files.findValuesAsText("kind")).containsExactly("claim", "manifest", "sst", "session");
        assertThat(files.get(0).at("/content/version").asLong()).isEqualTo(1);
        assertThat(files.get(1).at("/content/files/0/name").asText()).isEqualTo(SST);
        JsonNode sst = files.get(2).path("content");
        assertThat(sst.path("records").asLong()).isEqualTo(3);
        assertThat(sst.path("compression").asText()).isEqualTo("LZ4");
        assertThat(sst.path("range").toString()).isEqualTo("[\"a\",\"c\"]");
        assertThat(sst.path("first").get(1).toString())
                .isEqualTo("{\"key\":\"b\",\"value\":{\"name\":\"Bob\",\"size\":2}}");
    }

    @Test
    void peopleGetLinesAndTables() {
        assertThat(inspect(version(SST).toString(), "--records", "2").out())
                .contains(
                        version(SST) + " (sst)", "  records          3\n", "KEY", "a    {\"name\":\"Ann\",\"size\":1}")
                .doesNotContain("Cy");
        assertThat(inspect(version("manifest.json").toString()).out())
                .contains("  dataset          d\n", "PARTITION  RECORDS  DIGEST", "provenance:\n  job         publish");
    }

    @Test
    void aCatalogAndAnAbortAreShownToo() {
        fixture.record(1, "why not", VersionState.RETIRED);
        Path catalog = fixture.repository().resolve("catalog/00000000000000000001.json");
        assertThat(inspect(catalog.toString()).out()).contains("(catalog)", "RETIRED", "why not");

        try (OpenRepository opened = OpenRepository.of(fixture.repository())) {
            DatasetName dataset = new DatasetName("d");
            opened.repository().claim(dataset, new RunId("late"), 1);
            opened.repository().abort(new VersionId(dataset, 2), "the job failed");
        }
        Path abort = fixture.repository().resolve("datasets/d/v2/manifest.json");
        assertThat(inspect(abort.toString()).out()).contains("(abort)", "aborted", "the job failed");
    }

    @Test
    void anSstFileWithoutItsManifestIsShownInHex() throws IOException {
        Path alone = Files.copy(version(SST), folder.resolve("alone.sst"));
        JsonNode content = inspect(alone.toString(), "--json").json().get(0).path("content");
        assertThat(content.path("namedByManifest").asBoolean()).isFalse();
        assertThat(content.path("first").get(0).toString()).isEqualTo("{\"key\":\"61\",\"value\":\"06416e6e02\"}");
    }

    @Test
    void whatIsWrongIsSaidAndTheOthersAreShown() throws IOException {
        Path manifest = version("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"records\" : 3", "\"records\" : 4"));
        byte[] sst = Files.readAllBytes(version(SST));
        Files.write(version(SST), java.util.Arrays.copyOf(sst, sst.length - 10));
        Path other = fixture.file("other.txt", "nothing of ours");
        Outcome outcome =
                inspect(manifest.toString(), version(SST).toString(), other.toString(), folder + "/none", claim());
        assertThat(outcome.code()).isEqualTo(Failures.FAILED);
        assertThat(outcome.out()).contains("claim.json (claim)", "(manifest)", "owner");
        assertThat(outcome.err())
                .contains(
                        manifest + " is damaged (whole file): expected checksum",
                        version(SST) + " is damaged",
                        other + " is neither a JSON document nor an SST file",
                        folder + "/none is not a file");
    }

    @Test
    void aVersionThatWasNeverClaimedIsNotFound() {
        String repository = fixture.repository().toString();
        assertThat(inspect("--repository", repository, "d", "7").err()).contains("There is no version 7 of d");
        assertThat(inspect("--repository", repository, "d").code()).isEqualTo(Failures.WRONG_USAGE);
    }

    private String claim() {
        return version("claim.json").toString();
    }

    private Path version(String name) {
        return fixture.repository().resolve("datasets/d/v1").resolve(name);
    }

    private static Outcome inspect(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return PublishFixture.execute(all);
    }
}
