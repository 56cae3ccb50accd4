package io.slipway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.controller.Operations.SwapOutcome;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.NotFoundException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.StoredFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerTest {

    private static final DatasetName ROUTES = new DatasetName("routes");
    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    @TempDir
    private Path folder;

    private final AtomicInteger ids = new AtomicInteger();
    private final FakeNode node = new FakeNode();
    private Instant now = Instant.parse("2026-01-31T03:00:00Z");
    private LocalFolderStorage storage;
    private Repository repository;
    private CatalogStore catalog;
    private Controller controller;
    private Operations operations;

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        storage = new LocalFolderStorage(folder);
        repository = new Repository(storage, clock, () -> "id-" + ids.incrementAndGet(), "test");
        catalog = new CatalogStore(storage, clock, () -> "id-" + ids.incrementAndGet());
        controller = new Controller(repository, catalog, List.of(node), clock, "controller");
        operations = new Operations(repository, catalog, clock);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aCommittedVersionIsDiscoveredStagedAndSwappedIn() {
        VersionId version = commit("one");

        controller.cycle();
        assertThat(state(version)).isEqualTo(VersionState.STAGING);
        node.put(version, Phase.STAGED);
        controller.cycle();

        assertThat(state(version)).isEqualTo(VersionState.CURRENT);
        assertThat(node.nudges()).isEqualTo(2);
        assertThat(dataset().version(1).orElseThrow().manifestSha256())
                .isEqualTo(repository.committed(version).sha256());
    }

    @Test
    void claimedAndAbortedVersionsNeverGetIntoTheCatalog() {
        repository.claim(ROUTES, new RunId("one"), 1);
        repository.abort(repository.claim(ROUTES, new RunId("two"), 1).version(), "given up");

        assertThat(controller.cycle()).isFalse();
        assertThat(catalog.latest().datasets()).isEmpty();
    }

    @Test
    void nothingNewWritesNothing() {
        swapIn(commit("one"));
        long sequence = catalog.latest().sequence();

        assertThat(controller.cycle()).isFalse();
        assertThat(catalog.latest().sequence()).isEqualTo(sequence);
    }

    @Test
    void aDamagedManifestIsRejectedAndTheOldVersionStays() {
        swapIn(commit("one"));
        VersionId damaged = repository.claim(ROUTES, new RunId("two"), 1).version();
        storage.createIfAbsent(
                Layout.file(damaged, Layout.MANIFEST), "{ \"formatVersion\" : 1 }".getBytes(StandardCharsets.UTF_8));

        controller.cycle();

        assertThat(state(damaged)).isEqualTo(VersionState.REJECTED);
        assertThat(dataset().version(2).orElseThrow().reason()).contains("manifest.json");
        assertThat(dataset().current().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aManifestThatNamesAnotherDatasetIsRejected() {
        VersionId foreign = commit("one");
        DatasetName others = new DatasetName("others");
        VersionId target = repository.claim(others, new RunId("one"), 1).version();
        byte[] document = storage.read(Layout.file(foreign, Layout.MANIFEST));
        storage.createIfAbsent(Layout.file(target, Layout.MANIFEST), document);

        controller.cycle();

        assertThat(catalog.latest()
                        .datasetOrEmpty(others)
                        .version(1)
                        .orElseThrow()
                        .state())
                .isEqualTo(VersionState.REJECTED);
        assertThat(catalog.latest()
                        .datasetOrEmpty(others)
                        .version(1)
                        .orElseThrow()
                        .reason())
                .contains("expected version 1 of others")
                .contains("found version 1 of routes");
    }

    @Test
    void aNodeThatIsAwayHoldsTheSwapBack() {
        VersionId version = commit("one");
        controller.cycle();
        node.put(version, Phase.STAGED);
        node.goAway();

        controller.cycle();

        assertThat(state(version)).isEqualTo(VersionState.STAGING);
    }

    @Test
    void rollbackGoesBackMarksTheVersionLeftAndHoldsTheDataset() {
        swapIn(commit("one"));
        swapIn(commit("two"));

        assertThat(operations.rollback(ROUTES, OptionalLong.empty(), "ann", "wrong prices"))
                .isEqualTo(1);

        assertThat(dataset().version(2).orElseThrow().bad()).isTrue();
        assertThat(dataset().version(2).orElseThrow().reason()).isEqualTo("wrong prices");
        VersionId third = commit("three");
        controller.cycle();
        node.put(third, Phase.STAGED);
        controller.cycle();
        controller.cycle();
        assertThat(state(third)).isEqualTo(VersionState.STAGED);
        assertThat(dataset().current().orElseThrow().number()).isEqualTo(1);

        assertThat(operations.swap(ROUTES, 3, "ann", "mended")).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(dataset().current().orElseThrow().number()).isEqualTo(3);
        assertThat(dataset().rolledBack()).isFalse();
    }

    @Test
    void rollbackNeverGoesToAVersionMarkedBadByDefault() {
        swapIn(commit("one"));
        swapIn(commit("two"));
        operations.rollback(ROUTES, OptionalLong.empty(), "ann", "");

        assertThatThrownBy(() -> operations.rollback(ROUTES, OptionalLong.empty(), "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("retained: 2");
    }

    @Test
    void aRollbackToANamedVersionIsMadeOnceHoweverOftenItIsAskedFor() {
        swapIn(commit("one"));
        swapIn(commit("two"));
        operations.rollback(ROUTES, OptionalLong.of(1), "ann", "wrong prices");
        Catalog once = catalog.latest();

        assertThat(operations.rollback(ROUTES, OptionalLong.of(1), "ann", "wrong prices"))
                .isEqualTo(1);
        assertThat(catalog.latest()).isEqualTo(once);
    }

    @Test
    void rollbackToAVersionThatIsNotRetainedNamesThoseThatAre() {
        swapIn(commit("one"));
        swapIn(commit("two"));

        assertThatThrownBy(() -> operations.rollback(ROUTES, OptionalLong.of(7), "ann", ""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Version 7 of routes is not retained (retained: 1). Name one of these, or publish it again.");
    }

    @Test
    void swapOfAVersionThatIsNotStagedYetIsARequest() {
        operations.set(ROUTES, java.util.Map.of("swap", "manual"), "ann", "");
        VersionId version = commit("one");

        assertThat(operations.swap(ROUTES, 1, "ann", "")).isEqualTo(SwapOutcome.REQUESTED);
        controller.cycle();
        node.put(version, Phase.STAGED);
        controller.cycle();

        assertThat(state(version)).isEqualTo(VersionState.CURRENT);
    }

    @Test
    void swapOfAVersionThatDoesNotExistSaysSo() {
        assertThatThrownBy(() -> operations.swap(ROUTES, 1, "ann", ""))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("version 1 of routes");
    }

    @Test
    void aRetiredVersionsFilesAreDeletedOnlyOnceNoNodeHasIt() {
        operations.set(ROUTES, java.util.Map.of("retention.versions", "0"), "ann", "");
        VersionId first = commit("one");
        swapIn(first);
        swapIn(commit("two"));
        storage.createIfAbsent(Layout.file(first, "part-00000-1-0.sst"), new byte[1]);
        now = now.plus(Duration.ofHours(2));

        controller.cycle();
        assertThat(state(first)).isEqualTo(VersionState.RETIRED);
        assertThat(fileNames(first)).contains("part-00000-1-0.sst");

        node.remove(first);
        controller.cycle();
        assertThat(fileNames(first)).containsExactly("claim.json", "manifest.json");
    }

    @Test
    void theFilesOfARetiredBaseStayAsLongAsADeltaOnItMayBeNeeded() {
        VersionId base = commit("one");
        storage.createIfAbsent(Layout.file(base, "part-00000-1-0.sst"), new byte[1]);
        swapIn(base);
        VersionId delta = commit("two", OptionalLong.of(1));
        now = now.plus(Duration.ofMinutes(1));
        controller.cycle();
        node.putDelta(delta, Digest.EMPTY);
        Harbour.settle(controller);
        assertThat(state(delta)).isEqualTo(VersionState.CURRENT);
        now = now.plus(Duration.ofMinutes(1));
        swapIn(commit("three"));
        operations.set(ROUTES, Map.of("retention.versions", "1"), "test", "");
        now = now.plus(Duration.ofHours(2));
        controller.cycle();
        node.remove(base);
        controller.cycle();
        assertThat(state(base)).isEqualTo(VersionState.RETIRED);
        assertThat(state(delta)).isEqualTo(VersionState.RETAINED);
        assertThat(fileNames(base)).contains("part-00000-1-0.sst");

        swapIn(commit("four"));
        now = now.plus(Duration.ofHours(2));
        controller.cycle();
        assertThat(state(delta)).isEqualTo(VersionState.RETIRED);
        assertThat(fileNames(base)).doesNotContain("part-00000-1-0.sst");
    }

    @Test
    void theFilesOfARetiredBaseStayWhileADeltaOnItIsBeingPublished() {
        VersionId base = commit("one");
        storage.createIfAbsent(Layout.file(base, "part-00000-1-0.sst"), new byte[1]);
        swapIn(base);
        VersionId claimed = repository
                .claim(ROUTES, new RunId("two"), 1, OptionalLong.of(1))
                .version();
        operations.set(ROUTES, Map.of("retention.versions", "0"), "test", "");
        swapIn(commit("three"));
        now = now.plus(Duration.ofHours(2));
        controller.cycle();
        node.remove(base);
        controller.cycle();
        assertThat(state(base)).isEqualTo(VersionState.RETIRED);
        assertThat(fileNames(base)).contains("part-00000-1-0.sst");

        repository.abort(claimed, "given up");
        controller.cycle();
        assertThat(fileNames(base)).doesNotContain("part-00000-1-0.sst");
    }

    private void swapIn(VersionId version) {
        controller.cycle();
        node.put(version, Phase.STAGED);
        controller.cycle();
        assertThat(state(version)).isEqualTo(VersionState.CURRENT);
    }

    private VersionId commit(String run) {
        return commit(run, OptionalLong.empty());
    }

    /** A version without records, a delta if there is a base. */
    private VersionId commit(String run, OptionalLong base) {
        VersionId version = repository.claim(ROUTES, new RunId(run), 1, base).version();
        Optional<Delta> delta = base.isPresent()
                ? Optional.of(new Delta(
                        base.getAsLong(),
                        repository
                                .committed(new VersionId(ROUTES, base.getAsLong()))
                                .sha256(),
                        0))
                : Optional.empty();
        repository.commit(new Manifest(
                version,
                Route.SST,
                new RunId(run),
                STRING,
                STRING,
                delta,
                Optional.empty(),
                0,
                List.of(),
                List.of(new PartitionEntry(0, Digest.EMPTY)),
                Digest.EMPTY,
                0,
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "lz4",
                new Provenance("test", "", "test", "", List.of(), now, now)));
        return version;
    }

    private DatasetEntry dataset() {
        return catalog.latest().datasetOrEmpty(ROUTES);
    }

    private VersionState state(VersionId version) {
        return dataset().version(version.number()).orElseThrow().state();
    }

    private List<String> fileNames(VersionId version) {
        return repository.files(version).stream().map(StoredFile::name).toList();
    }
}
