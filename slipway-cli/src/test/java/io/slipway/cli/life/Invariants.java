package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogJson;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.Change;
import io.slipway.model.catalog.DatasetEntry;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Claim;
import io.slipway.model.repository.Decision;
import io.slipway.model.repository.Layout;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.StoredFile;
import io.slipway.sst.BundleVerifier;
import io.slipway.sst.VersionFiles;
import io.slipway.testkit.SampleRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What must hold of a repository at any moment, whatever failed before (DESIGN §12); each has a name. */
final class Invariants {

    private static final Set<VersionState> GONE =
            EnumSet.of(VersionState.RETIRED, VersionState.REJECTED, VersionState.ABORTED);

    private final Repository repository;
    private final CatalogStore catalogs;
    private final Map<VersionId, String> committed;
    private final Map<Long, SampleRecords> models;

    /**
     * The invariants of a repository.
     *
     * @param committed the manifest's hash of every version whose commit returned
     * @param models what full versions hold, as far as that is known
     */
    Invariants(
            Repository repository,
            CatalogStore catalogs,
            Map<VersionId, String> committed,
            Map<Long, SampleRecords> models) {
        this.repository = repository;
        this.catalogs = catalogs;
        this.committed = committed;
        this.models = models;
    }

    void check() {
        eachRunHasOneVersionAndEachVersionOneRun();
        noVersionIsLostAfterItsCommit();
        eachVersionHasExactlyOneManifestWhichIsTheCatalogs();
        whatMayStillBeReadIsSound();
        noRetiredVersionIsReferenced();
        theCatalogsHistoryIsOneLine();
        versionsChangeTheirStateOnlyAsTheyMay();
        nothingIsSwappedInAfterARollbackButByAnOperator();
    }

    void eachRunHasOneVersionAndEachVersionOneRun() {
        Set<String> runs = new HashSet<>();
        for (VersionId version : repository.versions(Life.DATASET)) {
            Optional<Claim> claim = repository.claim(version);
            boolean isAborted = repository.decision(version).orElse(null) instanceof Decision.Aborted;
            if (claim.isPresent() && !isAborted) {
                assertThat(claim.get().version()).isEqualTo(version);
                assertThat(runs.add(claim.get().runId().toString()))
                        .as("%s is the only version of its run", version)
                        .isTrue();
            }
        }
    }

    void noVersionIsLostAfterItsCommit() {
        committed.forEach((version, sha256) -> assertThat(repository.decision(version))
                .as("the decision of %s, whose commit returned", version)
                .hasValueSatisfying(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                Decision.Committed.class,
                                found -> assertThat(found.sha256()).isEqualTo(sha256))));
    }

    void eachVersionHasExactlyOneManifestWhichIsTheCatalogs() {
        for (VersionEntry version : dataset().versions().values()) {
            VersionId id = Life.version(version.number());
            assertThat(repository.committed(id).sha256())
                    .as("the manifest of %s", id)
                    .isEqualTo(version.manifestSha256());
        }
        for (VersionId version : repository.versions(Life.DATASET)) {
            assertThat(repository.files(version).stream()
                            .map(StoredFile::name)
                            .filter(name -> name.startsWith("manifest")))
                    .as("manifests of %s", version)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** Every version that readers may come to read, and all that those are built on, verifies to the last record. */
    void whatMayStillBeReadIsSound() {
        BundleVerifier verifier = new BundleVerifier(VersionFiles.of(repository));
        for (VersionId version : needed()) {
            assertThat(verifier.verify(version, BundleVerifier.Depth.RECORDS, bytes -> {})
                            .problems())
                    .as("what `verify --deep` finds in %s", version)
                    .isEmpty();
            Manifest manifest = repository.committed(version).manifest();
            if (manifest.delta().isEmpty() && models.containsKey(version.number())) {
                assertThat(manifest.digest())
                        .as("the digest of %s", version)
                        .isEqualTo(models.get(version.number()).digest());
            }
        }
    }

    void noRetiredVersionIsReferenced() {
        DatasetEntry dataset = dataset();
        dataset.requested()
                .ifPresent(number -> assertThat(dataset.version(number))
                        .as("the version that was asked for")
                        .hasValueSatisfying(version -> assertThat(GONE).doesNotContain(version.state())));
        assertThat(dataset.versions().values().stream().filter(version -> version.state() == VersionState.CURRENT))
                .as("current versions")
                .hasSizeLessThanOrEqualTo(1);
        for (VersionId version : needed()) {
            for (FileEntry file : repository.committed(version).manifest().files()) {
                assertThat(repository.files(version).stream().map(StoredFile::name))
                        .as("the files of %s", version)
                        .contains(file.name());
            }
        }
    }

    void theCatalogsHistoryIsOneLine() {
        List<Catalog> history = history();
        long last = catalogs.latest().sequence();
        assertThat(history.stream().map(Catalog::sequence))
                .as("the sequences of the catalogs that are kept")
                .containsExactlyElementsOf(LongStream.rangeClosed(last - history.size() + 1, last)
                        .boxed()
                        .toList());
    }

    void versionsChangeTheirStateOnlyAsTheyMay() {
        DatasetEntry before = first();
        for (Catalog catalog : history()) {
            DatasetEntry after = catalog.datasetOrEmpty(Life.DATASET);
            assertThat(after.versions().keySet()).containsAll(before.versions().keySet());
            assertThat(after.highestCurrent()).isGreaterThanOrEqualTo(before.highestCurrent());
            for (VersionEntry version : after.versions().values()) {
                VersionState from = before.version(version.number())
                        .map(VersionEntry::state)
                        .orElse(VersionState.COMMITTED);
                assertThat(reachable(from))
                        .as(
                                "where version %d may go from %s, in catalog %d",
                                version.number(), from, catalog.sequence())
                        .contains(version.state());
            }
            before = after;
        }
    }

    void nothingIsSwappedInAfterARollbackButByAnOperator() {
        DatasetEntry before = first();
        for (Catalog catalog : history()) {
            DatasetEntry after = catalog.datasetOrEmpty(Life.DATASET);
            boolean isOperator = change(catalog.sequence()).who().equals(LiveProcess.OPERATOR);
            if (before.rolledBack() && !isOperator) {
                assertThat(after.rolledBack())
                        .as("the hold in catalog %d", catalog.sequence())
                        .isTrue();
                assertThat(current(after))
                        .as("current in catalog %d", catalog.sequence())
                        .isEqualTo(current(before));
            }
            if (!isOperator && current(after).isPresent() && current(before).isPresent()) {
                assertThat(current(after).get())
                        .as("what a controller makes current, in catalog %d", catalog.sequence())
                        .isGreaterThanOrEqualTo(current(before).get());
            }
            before = after;
        }
    }

    private DatasetEntry dataset() {
        return catalogs.latest().datasetOrEmpty(Life.DATASET);
    }

    /** What readers may come to read, and what that is built on. */
    private Set<VersionId> needed() {
        DatasetEntry dataset = dataset();
        Set<VersionId> needed = new TreeSet<>();
        for (VersionEntry version : dataset.versions().values()) {
            if (!GONE.contains(version.state())) {
                needed.add(Life.version(version.number()));
                dataset.bases(version.number()).forEach(base -> needed.add(Life.version(base)));
            }
        }
        for (VersionId version : repository.versions(Life.DATASET)) {
            boolean isNew = dataset.version(version.number()).isEmpty();
            if (isNew && repository.decision(version).orElse(null) instanceof Decision.Committed) {
                needed.add(version);
            }
        }
        return needed;
    }

    private DatasetEntry first() {
        return history().stream()
                .findFirst()
                .map(catalog -> catalog.datasetOrEmpty(Life.DATASET))
                .orElseGet(() -> DatasetEntry.empty(Life.DATASET));
    }

    private List<Catalog> history() {
        List<Catalog> history = new ArrayList<>();
        for (StoredFile file : repository.storage().files(Layout.CATALOG)) {
            history.add(CatalogJson.read(file.name(), repository.storage().read(Layout.CATALOG + "/" + file.name())));
        }
        return history;
    }

    private Change change(long sequence) {
        String path = Layout.CATALOG + "/" + String.format("%020d.json", sequence);
        return CatalogJson.readChange(path, repository.storage().read(path));
    }

    private static Optional<Long> current(DatasetEntry dataset) {
        return dataset.current().map(VersionEntry::number);
    }

    private static Set<VersionState> reachable(VersionState from) {
        Set<VersionState> reachable = EnumSet.of(from);
        Deque<VersionState> next = new ArrayDeque<>(reachable);
        while (!next.isEmpty()) {
            VersionState state = next.pop();
            for (VersionState other : VersionState.values()) {
                if (state.mayBecome(other) && reachable.add(other)) {
                    next.push(other);
                }
            }
        }
        return reachable;
    }
}
