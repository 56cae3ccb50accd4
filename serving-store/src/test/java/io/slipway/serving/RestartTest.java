package io.slipway.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.testkit.Faults;
import io.slipway.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node serves after it was killed, whatever it was doing. */
class RestartTest {

    @TempDir
    private Path temporary;

    private TestRepository repository;
    private Path data;
    private VersionId one;
    private VersionId two;

    @BeforeEach
    void publish() {
        repository = new TestRepository(temporary.resolve("repository"));
        data = temporary.resolve("data");
        one = repository.publish("airports", Map.of("LAX", "one"));
        two = repository.publish("airports", Map.of("LAX", "two"));
        repository.swap(one);
    }

    private void serveBoth() {
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitServed(one);
            repository.swap(two);
            node.awaitServed(two);
        }
    }

    @Test
    void withoutItsRepositoryANodeServesWhatItServedLast() throws IOException {
        serveBoth();
        Files.move(repository.folder(), temporary.resolve("moved"));
        try (TestNode node = TestNode.start(repository, data)) {
            assertThat(node.get("/v1/datasets/airports/records/LAX").body()).isEqualTo("\"two\"");
            assertThat(node.get("/v1/datasets/airports/records/LAX?version=1").body())
                    .isEqualTo("\"one\"");
            assertThat(node.node().readiness().isReady()).isTrue();
            assertThat(node.node().status().catalogSequence()).isPositive();
            Files.move(temporary.resolve("moved"), repository.folder());
            VersionId three = repository.publish("airports", Map.of("LAX", "three"));
            repository.swap(three);
            node.awaitServed(three);
        }
    }

    @Test
    void aNodeKeepsItsName() {
        String name;
        try (ServingNode node = TestNode.open(repository, TestNode.settings(data))) {
            name = node.id();
        }
        try (ServingNode node = TestNode.open(repository, TestNode.settings(data))) {
            assertThat(node.id()).isEqualTo(name);
        }
    }

    @Test
    void aNodeNeverFollowsALowerCatalog() throws IOException {
        serveBoth();
        Path latest = repository
                .folder()
                .resolve("catalog")
                .resolve("%020d.json".formatted(repository.catalogs().latest().sequence()));
        Files.delete(latest);
        try (TestNode node = TestNode.start(repository, data)) {
            node.node().nudge();
            await().during(java.time.Duration.ofMillis(100)).until(() -> node.served("airports") == 2);
        }
    }

    @Test
    void anUnreadableCopyIsFetchedAgainRatherThanServingTheOlderVersion() throws IOException {
        serveBoth();
        ProcessFolder.deleteTree(data.resolve("datasets/airports/v2/db-1"));
        Files.move(repository.folder(), temporary.resolve("moved"));
        try (TestNode node = TestNode.start(repository, data)) {
            assertThat(node.get("/v1/datasets/airports/records/LAX").statusCode())
                    .isEqualTo(503);
            assertThat(node.get("/v1/datasets/airports/records/LAX?version=1").body())
                    .isEqualTo("\"one\"");
            assertThat(node.node().readiness().isReady()).isFalse();
            Files.move(temporary.resolve("moved"), repository.folder());
            node.awaitServed(two);
            await().until(() -> node.node().readiness().isReady());
        }
    }

    @Test
    void anUnreadableStateIsReplacedByTheCatalogs() throws IOException {
        serveBoth();
        Files.writeString(data.resolve("node.json"), "{");
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitServed(two);
        }
    }

    /** Each is what a kill between two steps of a staging leaves. */
    @ParameterizedTest
    @ValueSource(strings = {"fetching", "ingesting", "before the marker", "torn marker", "deleting"})
    void whatAKilledStagingLeftIsNotServedAndStagedAgain(String step) throws IOException {
        serveBoth();
        Path folder = data.resolve("datasets/airports/v2");
        Path marker = folder.resolve("staged.json");
        switch (step) {
            case "fetching" -> {
                ProcessFolder.deleteTree(folder);
                Files.createDirectories(folder.resolve("fetch"));
                Files.writeString(folder.resolve("fetch/part-00000-1-1.sst"), "half");
            }
            case "ingesting" -> {
                Files.delete(marker);
                Files.delete(folder.resolve("manifest.json"));
                Files.createDirectories(folder.resolve("fetch"));
            }
            case "before the marker" -> Files.delete(marker);
            case "torn marker" ->
                Files.writeString(marker, Files.readString(marker).substring(0, 40));
            default -> {
                Files.delete(marker);
                ProcessFolder.deleteTree(folder.resolve("db-1"));
            }
        }
        try (ServingNode opened = TestNode.open(repository, TestNode.settings(data))) {
            if (step.equals("fetching")) {
                assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("fetch"));
            } else {
                assertThat(folder).doesNotExist();
            }
            assertThat(opened.readiness().isReady()).isFalse();
        }
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitServed(two);
            assertThat(node.get("/v1/datasets/airports/records/LAX").body()).isEqualTo("\"two\"");
        }
    }

    @Test
    void aKilledRepairLeavesTheCopyThatTheMarkerNames() throws IOException {
        serveBoth();
        Path folder = data.resolve("datasets/airports/v2");
        Files.createDirectories(folder.resolve("db-2"));
        Files.createDirectories(folder.resolve("fetch"));
        try (TestNode node = TestNode.start(repository, data)) {
            assertThat(node.served("airports")).isEqualTo(2);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("db-1", "manifest.json", "staged.json");
        }
    }

    @Test
    void aStagedVersionIsNotFetchedAgain() throws IOException {
        VersionId three = repository.publish("airports", Map.of("LAX", "three"));
        repository.stage(three);
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitPhase(three, Phase.STAGED);
        }
        Files.delete(repository.firstFile(three));
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitPhase(three, Phase.STAGED);
        }
    }

    @Test
    void whatTheCatalogNoLongerWantsIsDeleted() {
        serveBoth();
        repository.force(one, VersionState.RETIRED);
        try (TestNode node = TestNode.start(repository, data)) {
            await().untilAsserted(() ->
                    assertThat(data.resolve("datasets/airports/v1")).doesNotExist());
            assertThat(node.served("airports")).isEqualTo(2);
            assertThat(node.node().status().versions()).containsOnlyKeys(two);
        }
    }

    @Test
    void whatTheNodeDroppedAndDidNotDeleteBeforeItWasKilledIsDeleted() {
        VersionId three = repository.publish("airports", Map.of("LAX", "three"));
        repository.stage(three);
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitPhase(three, Phase.STAGED); // On its disk, and not in its state, which has what readers see.
        }
        repository.force(three, VersionState.RETIRED);
        try (TestNode node = TestNode.start(repository, data)) {
            await().untilAsserted(() ->
                    assertThat(data.resolve("datasets/airports/v3")).doesNotExist());
            node.awaitServed(one);
        }
    }

    @Test
    void whatIsOnDiskStaysWhereTheCatalogDoesNotKnowIt() throws IOException {
        serveBoth();
        Files.delete(data.resolve("node.json"));
        Files.move(repository.folder(), temporary.resolve("moved"));
        try (TestNode node = TestNode.start(repository, data)) {
            await().until(() -> node.node().readiness().isInformed());
        }
        Files.move(temporary.resolve("moved"), repository.folder());
        Files.delete(repository.firstFile(two));
        try (TestNode node = TestNode.start(repository, data)) {
            node.awaitServed(two);
        }
    }

    @Test
    void aMarkerThatCannotBeReadNowIsNotTakenForNone() throws IOException {
        serveBoth();
        FaultyDisk disk = new FaultyDisk(data);
        String marker = "disk: open to read datasets/airports/v2/staged.json";
        Path failing = disk.mount(Faults.at(Faults.Kind.ERROR, marker, 1));
        try (ServingNode node = TestNode.open(repository, TestNode.settings(failing))) {
            assertThat(node.readiness().isReady()).isTrue();
        }
        disk.unmount();
        assertThat(data.resolve("datasets/airports/v2/staged.json")).exists();
    }

    @Test
    void aNodeThatDoesNotKnowWhatToServeIsNotReady() throws IOException {
        Path aside = temporary.resolve("moved");
        Files.move(repository.folder(), aside);
        Files.createFile(repository.folder()); // A folder that is away may look empty; this cannot even be read.
        try (ServingNode node = TestNode.open(repository, TestNode.settings(temporary.resolve("new")))) {
            assertThat(node.readiness().isReady()).isFalse();
        }
    }

    @Test
    void aFolderHasOneNode() {
        try (ServingNode node = TestNode.open(repository, TestNode.settings(data))) {
            assertThat(node.id()).isNotEmpty();
            assertThatThrownBy(() -> TestNode.open(repository, TestNode.settings(data)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("in use by another node");
        }
    }

    @Test
    void aFolderLiesOutsideTheRepository() {
        for (Path nested : new Path[] {
            repository.folder(),
            repository.folder().resolve("node"),
            repository.folder().getParent()
        }) {
            assertThatThrownBy(() -> TestNode.open(repository, TestNode.settings(nested)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("--data");
        }
    }
}
