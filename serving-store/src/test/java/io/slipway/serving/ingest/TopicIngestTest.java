package io.slipway.serving.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.model.CorruptDataException;
import io.slipway.model.DatasetName;
import io.slipway.model.UnavailableException;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.Throttle;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version topics become files that hold what counts, or are refused. */
class TopicIngestTest {

    private static final DatasetName DATASET = new DatasetName("samples");
    private static final byte[] VALUE = SampleRecords.value(1, null, "a value of some length");

    @TempDir
    private Path temporary;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SampleRecords records = SampleRecords.random(random, 300);
    private final TopicPlace place = new TopicPlace();

    @AfterEach
    void close() {
        System.out.println("seed " + seed);
        place.close();
    }

    @Test
    void sortedPartitionsBecomeFilesOfTheirRecords() {
        CommittedVersion version = place.publish(DATASET, 3, records);
        StagingProgress progress = new StagingProgress();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        List<FileEntry> files;
        try {
            files = Fetching.fetch(place.cluster(), version, folder(), executor, Fetching.UNBOUNDED, progress);
        } finally {
            executor.shutdown();
        }
        assertHolds(files, TopicPlace.puts(records));
        assertThat(files).hasSizeGreaterThan(3).extracting(FileEntry::partition).isSorted();
        assertThat(progress.bytesDone()).isEqualTo(version.manifest().bytes());
        for (int partition = 0; partition < 3; partition++) {
            int wanted = partition;
            List<String> ranges = files.stream()
                    .filter(file -> file.partition() == wanted)
                    .flatMap(file -> Stream.of(file.leastKey(), file.greatestKey()))
                    .toList();
            assertThat(ranges).as("ranges of partition %d", partition).isSorted();
        }
    }

    @Test
    void anEmptyVersionHasNoFiles() {
        CommittedVersion version = place.publish(DATASET, 2, SampleRecords.none());
        assertThat(Fetching.fetch(place.cluster(), version, folder())).isEmpty();
    }

    @Test
    void onlyTheAttemptThatCountsIsKept() {
        SampleRecords others = SampleRecords.random(random, 100);
        try (PublishSession session = place.begin(Publication.of(DATASET).withPartitions(1))) {
            write(session, 0, others);
            try (PartitionWriter unfinished = session.openPartition(0, 1)) {
                others.records().forEach(unfinished::put);
            }
            PartitionReceipt receipt = write(session, 2, records);
            write(session, 3, others);
            CommittedVersion version = session.commit(List.of(receipt));
            assertHolds(Fetching.fetch(place.cluster(), version, folder()), TopicPlace.puts(records));
            assertNothingElseIsLeft(version);
        }
    }

    @Test
    void ofADuplicatedTaskTheLastAttemptWithTheTotalsCounts() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        topic.start(HandWrittenTopic.FIRST, true).put(key(1), VALUE).end();
        topic.start(HandWrittenTopic.FIRST, true)
                .put(key(2), VALUE)
                .put(key(3), VALUE)
                .end();
        topic.start(HandWrittenTopic.FIRST, true).put(key(2), VALUE).put(key(4), VALUE);
        topic.start(HandWrittenTopic.FIRST, true)
                .put(key(2), VALUE)
                .put(key(3), VALUE)
                .end();
        CommittedVersion version = topic.commit();
        place.flush();
        List<FileEntry> files = Fetching.fetch(place.cluster(), version, folder());
        assertHolds(files, SampleDelta.none().putting(key(2), VALUE).putting(key(3), VALUE));
        assertNothingElseIsLeft(version);
    }

    @Test
    void keysInAnyOrderAreSorted() {
        for (boolean saysSorted : new boolean[] {false, true}) {
            try (TopicPlace fresh = new TopicPlace()) {
                HandWrittenTopic topic = new HandWrittenTopic(fresh).start(HandWrittenTopic.FIRST, saysSorted);
                shuffled().forEach(record -> topic.put(record.getKey(), record.getValue()));
                CommittedVersion version = topic.end().commit();
                fresh.flush();
                Path folder = temporary.resolve("says-sorted-" + saysSorted);
                List<FileEntry> files = Fetching.fetch(fresh.cluster(), version, folder);
                assertThat(Fetching.text(Fetching.read(folder, files)))
                        .isEqualTo(Fetching.text(TopicPlace.puts(records)));
                assertAscending(files);
            }
        }
    }

    @Test
    void putsAndDeletesInAnyOrderAreSorted() {
        SampleDelta delta = SampleDelta.random(random, records, 100);
        HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, false);
        List<byte[]> keys = new ArrayList<>(delta.changes().keySet());
        Collections.shuffle(keys, random);
        keys.forEach(key ->
                delta.changes().get(key).ifPresentOrElse(value -> topic.put(key, value), () -> topic.delete(key)));
        CommittedVersion version = topic.end().commit();
        place.flush();
        assertHolds(Fetching.fetch(place.cluster(), version, folder()), delta);
    }

    @Test
    void deletesOfADeltaGetFilesOfTheirOwn() {
        place.publish(DATASET, 2, records);
        SampleDelta delta = SampleDelta.random(random, records, 50);
        CommittedVersion version = place.publish(Publication.of(DATASET).asDeltaOn(1), delta);
        List<FileEntry> files = Fetching.fetch(place.cluster(), version, folder());
        assertHolds(files, delta);
        assertThat(files.stream()
                        .filter(FileEntry::isDeletes)
                        .mapToLong(FileEntry::records)
                        .sum())
                .isEqualTo(delta.deletes())
                .isPositive();
    }

    @Test
    void aKeyTwiceInTheAttemptThatCountsIsRefused() {
        List<List<Integer>> orders = List.of(List.of(1, 2, 2, 3), List.of(2, 3, 1, 3), farApart());
        for (List<Integer> order : orders) {
            try (TopicPlace fresh = new TopicPlace()) {
                HandWrittenTopic topic = new HandWrittenTopic(fresh).start(HandWrittenTopic.FIRST, true);
                order.forEach(key -> topic.put(key(key), VALUE));
                CommittedVersion version = topic.end().commit();
                fresh.flush();
                int twice = order.stream()
                        .filter(key -> Collections.frequency(order, key) > 1)
                        .findFirst()
                        .orElseThrow();
                assertThatThrownBy(() -> Fetching.fetch(
                                fresh.cluster(), version, temporary.resolve("order-" + order.size() + order.get(0))))
                        .as("keys %s", order)
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContainingAll(
                                topic.name(),
                                "partition 0",
                                "more than once",
                                HexFormat.of().formatHex(key(twice)));
            }
        }
    }

    @Test
    void aKeyTwiceInAnotherAttemptDoesNotMatter() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        topic.start(HandWrittenTopic.FIRST, true)
                .put(key(1), VALUE)
                .put(key(1), VALUE)
                .end();
        topic.start(HandWrittenTopic.SECOND, true).put(key(1), VALUE).end();
        CommittedVersion version = topic.commit();
        place.flush();
        assertHolds(
                Fetching.fetch(place.cluster(), version, folder()),
                SampleDelta.none().putting(key(1), VALUE));
    }

    @Test
    void aCommitWithAWrongCountIsRefused() {
        HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, true);
        topic.put(key(1), VALUE).end();
        AttemptTotals is = topic.totals();
        Digest wrong = new Digest(is.digest().sum(), is.digest().records() + 1);
        CommittedVersion version =
                topic.commit(HandWrittenTopic.FIRST, new AttemptTotals(wrong, is.deletes(), is.bytes(), 0));
        place.flush();
        assertRefused(version, topic.name(), "partition 0", wrong.hex(), "1 records");
    }

    @Test
    void aPartitionWithoutCommitIsRefused() {
        HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, true);
        CommittedVersion version = topic.put(key(1), VALUE).end().uncommitted();
        place.flush();
        assertRefused(version, topic.name(), "partition 0", "a COMMIT");
    }

    @Test
    void aCommitOfAnAttemptThatTheManifestDoesNotNameIsRefused() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        topic.start(HandWrittenTopic.FIRST, true).put(key(1), VALUE).end();
        CommittedVersion another = topic.uncommitted();
        topic.start(HandWrittenTopic.SECOND, true).put(key(1), VALUE).end();
        CommittedVersion version = topic.commit();
        place.flush();
        assertThat(version.manifest()).isNotEqualTo(another.manifest());
        assertRefused(another, topic.name(), "partition 0", "part-00000-1-0", "attempt 1 of session 1");
    }

    @Test
    void aForeignRecordOutsideOfAnAttemptIsRefused() {
        try (PublishSession session = place.begin(Publication.of(DATASET).withPartitions(1))) {
            String topic = place.topic(session.version());
            PartitionReceipt receipt = write(session, 0, records);
            place.write(topic, 0, key(1), VALUE);
            place.flush();
            CommittedVersion version = session.commit(List.of(receipt));
            assertRefused(version, topic, "foreign record", "partition 0, offset");
        }
    }

    @Test
    void aForeignRecordWithinAnAttemptCostsTheAttempt() {
        HandWrittenTopic topic = new HandWrittenTopic(place);
        topic.start(HandWrittenTopic.FIRST, true).put(key(1), VALUE);
        place.write(topic.name(), 0, key(2), VALUE);
        CommittedVersion version = topic.end().commit();
        place.flush();
        assertRefused(version, "partition 0", version.manifest().digest().hex(), "no finished attempt");
    }

    @Test
    void aControlRecordOfAnUnknownFormatIsRefused() {
        HandWrittenTopic topic = new HandWrittenTopic(place).start(HandWrittenTopic.FIRST, true);
        topic.put(key(1), VALUE).end();
        place.write(new ProducerRecord<>(
                topic.name(),
                0,
                (byte[]) null,
                new byte[0],
                List.of(new RecordHeader(ControlCodec.HEADER, "START/9".getBytes(StandardCharsets.US_ASCII)))));
        CommittedVersion version = topic.commit();
        place.flush();
        assertRefused(version, topic.name(), "9");
    }

    @Test
    void aTruncatedTopicIsRefused() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        String topic = place.topic(version.manifest().version());
        TopicPlace.await(place.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(5)))
                .all());
        assertRefused(version, topic, "partition 0", "records from offset 0", "none before 5");
    }

    @Test
    void aTopicThatIsGoneOrAnotherIsRefused() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        String topic = place.topic(version.manifest().version());
        place.deleteTopic(topic);
        Awaitility.await().until(() -> place.cluster().topic(topic).isEmpty());
        assertRefused(version, topic, "a topic", "none");

        String another = place.cluster().createTopic(topic, 1, Map.of()).id();
        assertRefused(
                version,
                topic,
                "topic id " + version.manifest().topic().orElseThrow().id(),
                another);
    }

    @Test
    void aClusterThatIsAwayIsTriedAgain() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        KafkaSettings nobody = KafkaSettings.of("127.0.0.1:1")
                .with("default.api.timeout.ms", "300")
                .with("request.timeout.ms", "200");
        try (KafkaCluster away = new KafkaCluster(nobody)) {
            assertThatThrownBy(() -> Fetching.fetch(away, version, folder()))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(place.topic(version.manifest().version()));
        }
    }

    @Test
    void theRateOfKeysAndValuesHoldsForAllPartitionsTogether() {
        CommittedVersion version = place.publish(DATASET, 3, records);
        long rate = 10_000;
        AtomicLong nanos = new AtomicLong();
        Throttle throttle = new Throttle(rate, nanos::get, nanos::addAndGet);
        Fetching.fetch(place.cluster(), version, folder(), Runnable::run, throttle, new StagingProgress());
        assertThat(nanos.get())
                .isGreaterThanOrEqualTo(version.manifest().bytes() * TimeUnit.SECONDS.toNanos(1) / rate - 1000);
    }

    @Test
    void aBoundThatIsLiftedWhileItIsFetchedHoldsNoMore() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        AtomicLong nanos = new AtomicLong();
        Throttle throttle = new Throttle(1, nanos::get, nanos::addAndGet);
        WatchedCluster lifting = new WatchedCluster(place.cluster(), polls -> {
            if (polls == 2) {
                throttle.limit(0);
            }
        });
        Fetching.fetch(lifting, version, folder(), Runnable::run, throttle, new StagingProgress());
        assertThat(nanos.get()).isPositive().isLessThan(version.manifest().bytes() * TimeUnit.SECONDS.toNanos(1) / 2);
    }

    @Test
    void aFetchThatIsCancelledStops() {
        CommittedVersion version = place.publish(DATASET, 1, records);
        StagingProgress progress = new StagingProgress();
        WatchedCluster cancelling = new WatchedCluster(place.cluster(), polls -> {
            if (polls == 2) {
                progress.cancel();
            }
        });
        assertThatThrownBy(() ->
                        Fetching.fetch(cancelling, version, folder(), Runnable::run, Fetching.UNBOUNDED, progress))
                .isInstanceOf(CancellationException.class);
        assertThat(cancelling.polls()).isEqualTo(3);
    }

    private Path folder() {
        return temporary.resolve("fetch");
    }

    private void assertHolds(List<FileEntry> files, SampleDelta expected) {
        assertThat(Fetching.text(Fetching.read(folder(), files)))
                .as("seed %d", seed)
                .isEqualTo(Fetching.text(expected));
    }

    private static void assertAscending(List<FileEntry> files) {
        assertThat(files.stream()
                        .flatMap(file -> Stream.of(file.leastKey(), file.greatestKey()))
                        .toList())
                .isSorted();
    }

    /** Only the files that are given, and the checkpoints, are there. */
    private void assertNothingElseIsLeft(CommittedVersion version) {
        List<String> named = Fetching.fetch(place.cluster(), version, folder()).stream()
                .map(FileEntry::name)
                .collect(Collectors.toCollection(ArrayList::new));
        named.add("part-00000.json");
        assertThat(folder().toFile().list()).containsExactlyInAnyOrder(named.toArray(new String[0]));
    }

    private void assertRefused(CommittedVersion version, String... named) {
        assertThatThrownBy(() -> Fetching.fetch(place.cluster(), version, folder()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(named);
    }

    private List<Map.Entry<byte[], byte[]>> shuffled() {
        List<Map.Entry<byte[], byte[]>> shuffled =
                new ArrayList<>(records.records().entrySet());
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** The same key in two sorted runs. */
    private static List<Integer> farApart() {
        List<Integer> keys = new ArrayList<>();
        for (int i = 300; i > 0; i--) {
            keys.add(i);
        }
        keys.set(150, 300);
        return keys;
    }

    private static byte[] key(int number) {
        return SampleRecords.key(String.format("key-%04d", number));
    }

    private static PartitionReceipt write(PublishSession session, int attempt, SampleRecords all) {
        try (PartitionWriter writer = session.openPartition(0, attempt)) {
            all.records().forEach(writer::put);
            return writer.finish();
        }
    }
}
