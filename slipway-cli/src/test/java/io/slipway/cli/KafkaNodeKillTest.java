package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.cli.PublishFixture.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a node with SIGKILL while it ingests versions over Kafka, and starts it again. */
class KafkaNodeKillTest {

    private static final String DATASET = "marked";
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    private KafkaFixture fixture;

    /**
     * What a killed node has kept of a version that it was ingesting.
     *
     * @param records how many records its checkpoints have
     * @param files the files that they name, as links that keep them whatever the node does
     */
    private record Kept(long records, List<Path> files) {}

    @BeforeEach
    void beginAnew() {
        fixture = new KafkaFixture(folder);
    }

    @Test
    void aNodeKilledWhileItIngestsGoesOnWithWhatItHas() {
        killAtMoments(2);
    }

    @Test
    @Tag("long")
    void aNodeKilledAtThirtyMomentsOfIngestsGoesOnWithWhatItHas() {
        killAtMoments(30);
    }

    /** Each moment is one of the ingest of a version of its own; the last is that at which all is fetched. */
    private void killAtMoments(int moments) {
        long records = 0;
        int checkpoints = 0;
        publish(1);
        NodeProcess node = fixture.serveProcess(JVM);
        try {
            node.served().awaitVersion(DATASET, 1);
            fixture.operate("dataset", "set", DATASET, "file.size=1m"); // There is a checkpoint for each file.
            for (int i = 0; i < moments; i++) {
                long version = i + 2L;
                double moment = (i + 1.0) / moments;
                node.served().limitStaging("6m");
                publish(version);
                MarkedReads served = node.served();
                served.readUntil(DATASET, version, () -> served.fetched(DATASET, version) >= moment);
                node.kill();
                Kept kept = kept(version);
                records += kept.records();
                checkpoints += kept.records() > 0 ? 1 : 0;

                node = fixture.serveProcess(JVM);
                assertThat(node.served().read(DATASET))
                        .as("the version that a node serves as soon as it is started again")
                        .isBetween(version - 1, version);
                node.served().awaitVersion(DATASET, version);
                node.served().checkAll(DATASET, version);
                assertIsUsed(kept, version);
            }
        } finally {
            node.close();
        }
        System.out.printf(
                "%d kills, %d of them found a checkpoint: %,d of %,d records were not read again%n",
                moments, checkpoints, records, (long) moments * MarkedReads.ROWS);
        assertThat(checkpoints).as("kills that found a checkpoint").isPositive();
    }

    private void publish(long version) {
        Path input = fixture.file("input.csv", MarkedReads.lines(version));
        Outcome outcome = fixture.publish(DATASET, input, "--partitions", "2");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.json().get("version").asLong()).isEqualTo(version);
    }

    private Kept kept(long version) {
        Path fetched = fixture.nodeFolder(DATASET, version).resolve("fetch");
        List<Kept> partitions = new ArrayList<>();
        if (Files.isDirectory(fetched)) {
            try (DirectoryStream<Path> checkpoints = Files.newDirectoryStream(fetched, "part-*.json")) {
                for (Path checkpoint : checkpoints) {
                    partitions.add(kept(version, checkpoint));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Kept(
                partitions.stream().mapToLong(Kept::records).sum(),
                partitions.stream().flatMap(kept -> kept.files().stream()).toList());
    }

    private Kept kept(long version, Path document) throws IOException {
        JsonNode checkpoint = new ObjectMapper().readTree(document.toFile());
        long records = checkpoint.get("progress").findValues("records").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
        List<Path> links = new ArrayList<>();
        for (JsonNode name : checkpoint.get("attempts").findValues("name")) {
            Path link = folder.resolve("kept-" + version + "-" + name.asText());
            links.add(Files.createLink(link, document.resolveSibling(name.asText())));
        }
        return new Kept(records, links);
    }

    /** The files that a killed node had are those that it serves now: it has not read again what is in them. */
    private void assertIsUsed(Kept kept, long version) {
        try (Stream<Path> found = Files.walk(fixture.nodeFolder(DATASET, version))) {
            List<Object> served = found.filter(file -> file.toString().endsWith(".sst"))
                    .map(KafkaNodeKillTest::identity)
                    .toList();
            assertThat(kept.files())
                    .as("files of version %d", version)
                    .allMatch(file -> served.contains(identity(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for all links to one file. */
    private static Object identity(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
