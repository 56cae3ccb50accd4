package io.slipway.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Setting.Verification;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.serving.staging.Stager;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Wanted;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StoreEngine;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an interrupted fetch has in finished files is not read again. The folder is copied at the chosen moment, and the copy
 * is what the next process finds after a kill.
 */
class TopicResumeTest {

    private static final DatasetName DATASET = new DatasetName("samples");

    @TempDir
    private Path temporary;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SampleRecords records = SampleRecords.random(random, 250);
    private final TopicPlace place = new TopicPlace();

    @AfterEach
    void close() {
        System.out.println("seed " + seed);
        place.close();
    }

    @Test
    void aKillAtAnyMomentCostsOnlyWhatWasNotInFinishedFiles() {
        CommittedVersion version = place.publish(DATASET, 2, records);
        assertGoesOn(version, TopicPlace.puts(records), 100);
    }

    @Test
    void anUnsortedAttemptGoesOnAsWell() {
        HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, false);
        List<byte[]> keys = new ArrayList<>(records.records().keySet());
        Collections.shuffle(keys, random);
        keys.forEach(key -> topic.put(key, records.records().get(key)));
        CommittedVersion version = topic.end().commit();
        place.flush();
        assertGoesOn(version, TopicPlace.puts(records), 100);
    }

    @Test
    void aDeltaGoesOnAsWell() {
        place.publish(DATASET, 1, records);
        SampleDelta delta = SampleDelta.random(random, records, 200);
        CommittedVersion version = place.publish(Publication.of(DATASET).asDeltaOn(1), delta);
        assertGoesOn(version, delta, 400);
    }

    /** The files of a later moment with the checkpoint of an earlier one: a kill between the two. */
    @Test
    void filesThatNoCheckpointNamesAreReadAgain() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        Path running = temporary.resolve("running");
        Path earlier = temporary.resolve("earlier");
        Path later = temporary.resolve("later");
        WatchedCluster watched = new WatchedCluster(place.cluster(), polls -> {
            if (polls == 6 && !Files.exists(earlier)) {
                copyTree(running, earlier);
            } else if (polls == 12 && !Files.exists(later)) {
                copyTree(running, later);
            }
        });
        assertHolds(watched, version, running, TopicPlace.puts(records));
        assertThat(names(later)).hasSizeGreaterThan(names(earlier).size());

        copy(earlier.resolve("part-00000.json"), later.resolve("part-00000.json"));
        WatchedCluster fromEarlier = WatchedCluster.of(place.cluster());
        assertHolds(fromEarlier, version, earlier, TopicPlace.puts(records));
        WatchedCluster between = WatchedCluster.of(place.cluster());
        assertHolds(between, version, later, TopicPlace.puts(records));
        assertThat(between.records()).isEqualTo(fromEarlier.records()).isLessThan(watched.records());
    }

    @Test
    void aDamagedFileOrCheckpointIsNotBelieved() throws IOException {
        CommittedVersion version = place.publish(DATASET, 1, records);
        for (String damaged : List.of("part-00000-1.sst", "part-00000.json")) {
            Path folder = temporary.resolve("damaged-" + damaged);
            interruptAt(version, 10, folder);
            byte[] bytes = Files.readAllBytes(folder.resolve(damaged));
            bytes[bytes.length / 2] ^= 1;
            Files.write(folder.resolve(damaged), bytes);
            WatchedCluster again = WatchedCluster.of(place.cluster());
            assertHolds(again, version, folder, TopicPlace.puts(records));
            assertThat(again.records()).as(damaged).isEqualTo(253);
        }
    }

    @Test
    void aCheckpointOfAnotherTopicIsNotBelieved() throws IOException {
        CommittedVersion one = place.publish(DATASET, 1, records);
        CommittedVersion two = place.publish(DATASET, 1, records);
        Path folder = temporary.resolve("fetch");
        interruptAt(one, 10, folder);
        WatchedCluster again = WatchedCluster.of(place.cluster());
        assertHolds(again, two, folder, TopicPlace.puts(records));
        assertThat(again.records()).isEqualTo(253);
    }

    @Test
    void whatIsWholeIsOnlyLookedAtForItsDecision() {
        CommittedVersion version = place.publish(DATASET, 3, records);
        Path folder = temporary.resolve("fetch");
        assertHolds(WatchedCluster.of(place.cluster()), version, folder, TopicPlace.puts(records));
        WatchedCluster again = WatchedCluster.of(place.cluster());
        assertHolds(again, version, folder, TopicPlace.puts(records));
        assertThat(again.records()).as("the COMMITs").isEqualTo(3);
    }

    /** As {@link Stager} does it: between the two the folder is swept as when a node starts. */
    @Test
    void aStagingGoesOnWithTheFilesOfTheOneBefore() throws IOException {
        CommittedVersion version = place.publish(DATASET, 2, records);
        VersionId id = version.manifest().version();
        LocalFolderStorage storage = new LocalFolderStorage(temporary.resolve("repository"));
        storage.createIfAbsent(Layout.file(id, Layout.MANIFEST), place.document(id));
        WatchedCluster failing = new WatchedCluster(place.cluster(), polls -> {
            if (polls == 10) {
                throw new UnavailableException("The cluster is away", null);
            }
        });
        assertThatThrownBy(() -> stage(storage, failing, version)).isInstanceOf(UnavailableException.class);
        WatchedCluster again = WatchedCluster.of(place.cluster());
        stage(storage, again, version);
        assertThat(again.records()).isLessThan(failing.records());
        assertThat(failing.records() + again.records())
                .isLessThan(records.records().size() + 100);
    }

    private void stage(LocalFolderStorage storage, WatchedCluster cluster, CommittedVersion version)
            throws IOException {
        Path folder = temporary.resolve("data");
        try (StoreEngine engine = new StoreEngine(8 << 20);
                DataFolder data = DataFolder.open(folder, storage.location())) {
            data.sweep();
            Stager stager = new Stager(
                    storage,
                    data,
                    engine,
                    new NoCluster(),
                    new TopicFetcher(cluster, Runnable::run, Fetching.UNBOUNDED),
                    Runnable::run,
                    InstantSource.system(),
                    0);
            Wanted wanted =
                    new Wanted(version.manifestSha256(), Verification.RECORDS, Fetching.SMALL, Optional.empty());
            OpenVersion staged =
                    stager.stage(version.manifest().version(), wanted, Optional.empty(), new StagingProgress());
            assertThat(staged.content().digest()).isEqualTo(records.digest());
            staged.release();
            assertThat(data.version(version.manifest().version()).path())
                    .isDirectoryNotContaining("glob:**/{fetch,ingest}");
        }
    }

    /** Kills at each look for records. */
    private void assertGoesOn(CommittedVersion version, SampleDelta expected, int mostAgain) {
        WatchedCluster whole = WatchedCluster.of(place.cluster());
        assertHolds(whole, version, temporary.resolve("whole"), expected);
        int least = whole.records();
        for (int poll = 1; poll < whole.polls(); poll++) {
            Path folder = temporary.resolve("killed-" + poll);
            int before = interruptAt(version, poll, folder);
            WatchedCluster next = WatchedCluster.of(place.cluster());
            assertHolds(next, version, folder, expected);
            assertThat(next.records())
                    .as("read again after a kill at %d of %d, seed %d", poll, whole.polls(), seed)
                    .isLessThanOrEqualTo(whole.records() - before + mostAgain);
            least = Math.min(least, next.records());
        }
        assertThat(least).isLessThan(whole.records() / 2);
    }

    /**
     * Leaves a folder as a kill does.
     *
     * @param poll before which look for records that is
     * @return how many records were read before
     */
    private int interruptAt(CommittedVersion version, int poll, Path left) {
        Path running = temporary.resolve("running");
        delete(running);
        WatchedCluster killed = new WatchedCluster(place.cluster(), polls -> {
            if (polls == poll) {
                copyTree(running, left);
                throw new UnavailableException("Killed at " + poll, null);
            }
        });
        assertThatThrownBy(() -> Fetching.fetch(killed, version, running)).isInstanceOf(UnavailableException.class);
        return killed.records();
    }

    private void assertHolds(WatchedCluster cluster, CommittedVersion version, Path folder, SampleDelta expected) {
        List<FileEntry> files = Fetching.fetch(cluster, version, folder);
        assertThat(Fetching.text(Fetching.read(folder, files)))
                .as("seed %d", seed)
                .isEqualTo(Fetching.text(expected));
        List<String> named = new ArrayList<>(files.stream().map(FileEntry::name).toList());
        for (int partition = 0; partition < version.manifest().partitions().size(); partition++) {
            named.add(String.format("part-%05d.json", partition));
        }
        assertThat(names(folder)).containsExactlyInAnyOrderElementsOf(named);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            ProcessFolder.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
