package io.slipway.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.DecisionJson;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.sst.BundleVerifier;
import io.slipway.sst.BundleVerifier.Depth;
import io.slipway.sst.RecordCursor;
import io.slipway.sst.VersionFiles;
import io.slipway.sst.VersionRecords;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on files of versions works on versions in topics. */
class TopicFilesTest {

    private static final byte[] VALUE = SampleRecords.value(1, null, "a value");
    private static final byte[] NO_VALUE_OF_THE_SCHEMA = {1};

    @TempDir
    private Path temporary;

    private final TopicPlace place = new TopicPlace();

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void recordsComeByTheirKeysAndWhatWasMadeIsGoneAtTheEnd() throws IOException {
        CommittedVersion version = new HandWrittenTopic(place)
                .start(HandWrittenTopic.FIRST, false)
                .put(key("c"), VALUE)
                .put(key("a"), VALUE)
                .put(key("b"), VALUE)
                .end()
                .commit();
        AtomicLong told = new AtomicLong();
        try (LocalFolderStorage storage = new LocalFolderStorage(temporary.resolve("repository"));
                TopicFiles files = new TopicFiles(
                        repository(storage, version),
                        place.settings(),
                        scratch(),
                        (manifest, bytes) -> told.addAndGet(bytes))) {
            assertThat(keys(new VersionRecords(files, version.manifest()))).containsExactly("a", "b", "c");
            assertThat(keys(new VersionRecords(files, version.manifest()))).containsExactly("a", "b", "c");
            assertThat(told).as("bytes read, once").hasValue(version.manifest().bytes());
        }
        try (Stream<Path> left = Files.list(scratch())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void deepVerificationFindsAValueThatIsNotOfTheSchema() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        CommittedVersion version = topic.start(HandWrittenTopic.FIRST, true)
                .put(key("a"), VALUE)
                .put(key("b"), NO_VALUE_OF_THE_SCHEMA)
                .end()
                .commit();

        assertThat(problems(version, Depth.FILES)).isEmpty();
        assertThat(problems(version, Depth.RECORDS))
                .singleElement()
                .asString()
                .contains(topic.name() + ", partition 0: ", "value of key 'b'");
    }

    @Test
    void verificationFindsATopicThatHasNoCommit() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        CommittedVersion version = topic.start(HandWrittenTopic.FIRST, true)
                .put(key("a"), VALUE)
                .end()
                .uncommitted();

        assertThat(problems(version, Depth.FILES))
                .singleElement()
                .asString()
                .contains(topic.name() + " is damaged (partition 0)", "COMMIT");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() {
        CommittedVersion version = place.publish(new DatasetName("samples"), 1, SampleRecords.none());
        try (LocalFolderStorage storage = new LocalFolderStorage(temporary.resolve("repository"));
                TopicFiles files = new TopicFiles(
                        repository(storage, version),
                        KafkaSettings.of("127.0.0.1:1"),
                        scratch(),
                        (manifest, bytes) -> {})) {
            assertThatThrownBy(() -> files.of(version.manifest()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("Kafka at 127.0.0.1:1 cannot be reached");
        }
    }

    @Test
    void withoutAClusterAVersionInATopicIsRefusedNamingIt() {
        CommittedVersion version = place.publish(new DatasetName("samples"), 1, SampleRecords.none());
        Manifest manifest = version.manifest();
        try (LocalFolderStorage storage = new LocalFolderStorage(temporary.resolve("repository"))) {
            assertThatThrownBy(
                            () -> VersionFiles.of(repository(storage, version)).of(manifest))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll(manifest.topic().orElseThrow().name(), "--kafka HOST:PORT");
        }
    }

    private List<String> problems(CommittedVersion version, Depth depth) {
        try (LocalFolderStorage storage = new LocalFolderStorage(temporary.resolve("repository"));
                TopicFiles files = new TopicFiles(
                        repository(storage, version), place.settings(), scratch(), (manifest, bytes) -> {})) {
            return new BundleVerifier(files)
                    .verify(version.manifest().version(), depth, bytes -> {})
                    .problems();
        }
    }

    /** A repository into which a controller has taken a version over. */
    private static Repository repository(LocalFolderStorage storage, CommittedVersion version) {
        Repository repository = new Repository(storage, InstantSource.system(), () -> "write-id", "test");
        Manifest manifest = version.manifest();
        Claim claim = new Claim(
                manifest.version(),
                manifest.runId(),
                manifest.partitions().size(),
                OptionalLong.empty(),
                "test",
                Instant.EPOCH,
                "write-id");
        Decision unused = repository.adopt(claim, DecisionJson.writeCommitted(manifest, "write-id"));
        return repository;
    }

    private Path scratch() {
        return temporary.resolve("scratch");
    }

    private static List<String> keys(VersionRecords records) {
        List<String> keys = new ArrayList<>();
        try (RecordCursor cursor = records.open()) {
            while (cursor.next()) {
                keys.add(new String(cursor.key(), 0, cursor.keyLength(), StandardCharsets.UTF_8));
            }
        }
        return keys;
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
