package io.slipway.model.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.NotFoundException;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.UnsupportedFormatException;
import io.slipway.model.VersionId;
import io.slipway.model.json.SealedJson;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.Race;
import io.slipway.testkit.RepeatingStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {

    private static final DatasetName DATASET = new DatasetName("route-delays");
    private static final RunId RUN = new RunId("run-1");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir(factory = MemoryFolders.class)
    Path folder;

    private RepositoryStorage storage;
    private Repository repository;

    @BeforeEach
    void open() {
        storage = new LocalFolderStorage(folder.resolve("r"));
        repository = repository(storage);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aRepositoryThatIsNotThereIsEmpty() {
        assertThat(repository.datasets()).isEmpty();
        assertThat(repository.versions(DATASET)).isEmpty();
        assertThat(repository.claimOf(DATASET, RUN)).isEmpty();
        assertThat(repository.decision(version(1))).isEmpty();
        assertThat(repository.newestSession(version(1))).isZero();
        assertThatThrownBy(() -> repository.committed(version(1)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no committed version 1 of route-delays");
        assertThat(folder.resolve("r")).doesNotExist();
    }

    @Test
    void aClaimIsReadAsItWasWritten() {
        Claim claim = repository.claim(DATASET, RUN, 5);
        assertThat(claim.version()).isEqualTo(version(1));
        assertThat(claim.runId()).isEqualTo(RUN);
        assertThat(claim.partitions()).isEqualTo(5);
        assertThat(claim.owner()).isEqualTo("tester");
        assertThat(claim.time()).isEqualTo(NOW);
        assertThat(repository.claim(version(1))).contains(claim);
        assertThat(repository.claimOf(DATASET, RUN)).contains(claim);
        assertThat(repository.datasets()).containsExactly(DATASET);
    }

    @Test
    void aRunKeepsItsClaimUntilItIsAborted() {
        Claim first = repository.claim(DATASET, RUN, 5);
        repository.claim(DATASET, new RunId("other"), 5);
        assertThat(repository.claim(DATASET, RUN, 7)).isEqualTo(first);
        repository.abort(first.version(), "wrong");
        Claim second = repository.claim(DATASET, RUN, 7);
        assertThat(second.version()).isEqualTo(version(3));
        assertThat(second.partitions()).isEqualTo(7);
        assertThat(repository.claimOf(DATASET, RUN)).contains(second);
    }

    @Test
    void versionsAreInTheOrderOfTheirNumbers() {
        for (int i = 1; i <= 11; i++) {
            repository.claim(DATASET, new RunId("run-" + i), 1);
        }
        assertThat(repository.versions(DATASET))
                .extracting(VersionId::number)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }

    @Test
    void aFolderWhoseProcessDiedBeforeItsClaimIsUsedByTheNext() throws IOException {
        repository.claim(DATASET, RUN, 1);
        Files.createDirectories(folder.resolve("r/datasets/route-delays/v2"));
        Files.createDirectories(folder.resolve("r/datasets/route-delays/not-a-version"));
        assertThat(repository.claim(DATASET, new RunId("run-2"), 1).version()).isEqualTo(version(2));
    }

    @Test
    void anAcknowledgementThatWasLostInAClaimMakesNoSecondOne() {
        Repository repeating = repository(new RepeatingStorage(storage));
        assertThat(repeating.claim(DATASET, RUN, 1).version()).isEqualTo(version(1));
        assertThat(repeating.claim(DATASET, new RunId("run-2"), 1).version()).isEqualTo(version(2));
        assertThat(repeating.joinSession(version(2))).isEqualTo(1);
        assertThat(repeating.joinSession(version(2))).isEqualTo(2);
        assertThat(repeating.abort(version(2), "why")).isInstanceOf(Decision.Aborted.class);
        assertThat(repository.versions(DATASET)).hasSize(2);
    }

    @Test
    void sessionsThatJoinAtOnceGetNumbersOfTheirOwn() {
        repository.claim(DATASET, RUN, 1);
        List<Integer> sessions = Race.run(8, i -> () -> repository(storage).joinSession(version(1)));
        assertThat(sessions).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(repository.newestSession(version(1))).isEqualTo(8);
    }

    @Test
    void anAbortIsForEverAndKeepsItsReason() {
        repository.claim(DATASET, RUN, 1);
        Decision first = repository.abort(version(1), "the \"first\"");
        assertThat(first)
                .isInstanceOfSatisfying(
                        Decision.Aborted.class,
                        aborted -> assertThat(aborted.reason()).isEqualTo("the \"first\""));
        assertThat(repository.abort(version(1), "the second")).isEqualTo(first);
        assertThat(repository.decision(version(1))).contains(first);
        assertThatThrownBy(() -> repository.committed(version(1))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aDecisionWhoseAcknowledgementIsLostIsUnknown() {
        repository.claim(DATASET, RUN, 1);
        for (Faults.Kind kind : List.of(Faults.Kind.ERROR, Faults.Kind.LOST_ACKNOWLEDGEMENT)) {
            Repository faulty = repository(new FaultyStorage(storage, Faults.at(kind, 1)));
            assertThatThrownBy(() -> faulty.abort(version(1), "why"))
                    .isInstanceOf(CommitStateUnknownException.class)
                    .hasCauseInstanceOf(UnavailableException.class)
                    .hasMessageContainingAll("version 1 of route-delays", "same run id");
        }
        assertThat(repository.decision(version(1))).isPresent();
    }

    @Test
    void aDamagedDecisionIsNamed() {
        storage.createIfAbsent("datasets/route-delays/v1/manifest.json", "{}".getBytes(UTF_8));
        assertThatThrownBy(() -> repository.decision(version(1)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("datasets/route-delays/v1/manifest.json");
        storage.createIfAbsent(
                "datasets/route-delays/v2/manifest.json",
                SealedJson.seal(9, SealedJson.object().put("aborted", "x").put("writeId", "w")));
        assertThatThrownBy(() -> repository.decision(version(2)))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("format version 9");
    }

    @Test
    void aDamagedClaimIsNamed() {
        storage.createIfAbsent("datasets/route-delays/v1/claim.json", "{}".getBytes(UTF_8));
        assertThatThrownBy(() -> repository.claim(DATASET, RUN, 1))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("datasets/route-delays/v1/claim.json");
    }

    @Test
    void aClaimOfAnotherVersionIsDamage() {
        repository.claim(DATASET, RUN, 1);
        storage.createIfAbsent(
                "datasets/route-delays/v2/claim.json", storage.read("datasets/route-delays/v1/claim.json"));
        assertThatThrownBy(() -> repository.claim(version(2)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll("v2/claim.json", "version 2 of route-delays", "version 1 of route-delays");
    }

    private static VersionId version(long number) {
        return new VersionId(DATASET, number);
    }

    private static Repository repository(RepositoryStorage storage) {
        return new Repository(
                storage, InstantSource.fixed(NOW), () -> UUID.randomUUID().toString(), "tester");
    }
}
