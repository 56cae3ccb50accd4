package io.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.FieldStatistics;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.PartitionReceipt;
import io.slipway.model.publish.PartitionWriter;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.statistics.FieldSketcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of the publish contract that is about records, receipts and the manifest. */
abstract class PublishRouteRecords extends PublishRouteDeltas {

    // Writers.

    @Test
    void keysThatDoNotAscendAreRefused() {
        PublishSession session = route().publisher().begin(publication("run-1").withPartitions(1));
        byte[] value = SampleRecords.value(1, 1.0, "x");
        int attempt = 0;
        for (String next : List.of("b", "a", "")) {
            try (PartitionWriter writer = session.openPartition(0, attempt++)) {
                writer.put(SampleRecords.key("b"), value);
                assertThatThrownBy(() -> writer.put(SampleRecords.key(next), value))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("'" + next + "'")
                        .hasMessageContaining("'b'");
            }
        }
    }

    @Test
    void keysAreOrderedAsUnsignedBytes() {
        PublishSession session = route().publisher().begin(publication("run-1").withPartitions(1));
        SampleRecords records = SampleRecords.none()
                .with(SampleRecords.key("a"), SampleRecords.value(1, null, ""))
                .with(SampleRecords.key("é"), SampleRecords.value(2, null, ""));
        assertHolds(route(), session.commit(write(session, 0, records)), records);
    }

    @Test
    void aKeyOfAnotherPartitionIsRefused() {
        PublishSession session = begin("run-1");
        byte[] key = SampleRecords.key("LAX");
        int right = session.partitioner().partition(key);
        int wrong = (right + 1) % PARTITIONS;
        try (PartitionWriter writer = session.openPartition(wrong, 0)) {
            assertThatThrownBy(() -> writer.put(key, SampleRecords.value(1, 1.0, "x")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll("'LAX'", "partition " + right, "not to " + wrong);
        }
    }

    @Test
    void aPartitionThatIsNotThereIsRefused() {
        PublishSession session = begin("run-1");
        for (int partition : List.of(-1, PARTITIONS)) {
            assertThatThrownBy(() -> session.openPartition(partition, 0).close())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("partition " + partition);
        }
    }

    @Test
    void arraysThatWerePutAreTheCallersAgain() {
        PublishSession session = route().publisher().begin(publication("run-1").withPartitions(1));
        SampleRecords records = SampleRecords.random(new Random(1), 20);
        try (PartitionWriter writer = session.openPartition(0, 0)) {
            byte[] key = new byte[0];
            for (var row : records.records().entrySet()) {
                key = row.getKey().clone();
                byte[] value = row.getValue().clone();
                writer.put(key, value);
                Arrays.fill(key, (byte) 0xff);
                Arrays.fill(value, (byte) 0xff);
            }
            assertHolds(route(), session.commit(List.of(writer.finish())), records);
        }
    }

    // Receipts and the manifest.

    @Test
    void missingDoubledAndForeignReceiptsAreRefusedAndDecideNothing() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = write(session, 0, sample(1));
        PartitionReceipt first = receipts.get(0);
        PartitionReceipt beyond =
                new PartitionReceipt(first.version(), PARTITIONS, 0, List.of(), Digest.EMPTY, 0, 0, first.sketches());
        List<List<PartitionReceipt>> wrong = List.of(
                List.of(),
                receipts.subList(1, PARTITIONS),
                receipts.subList(0, PARTITIONS - 1),
                List.of(first, first, receipts.get(2)),
                List.of(first, receipts.get(1), receipts.get(2), first),
                List.of(first, receipts.get(1), receipts.get(2), beyond));
        for (List<PartitionReceipt> some : wrong) {
            assertThatThrownBy(() -> session.commit(some))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("version 1 of route-delays");
            assertThat(complete()).isEmpty();
        }
        List<PartitionReceipt> anyOrder = List.of(receipts.get(2), first, receipts.get(1));
        assertHolds(route(), session.commit(anyOrder), sample(1));
    }

    @Test
    void aReceiptOfAnotherVersionIsRefusedAndDecidesNothing() {
        List<PartitionReceipt> others = write(begin("run-1"), 0, sample(1));
        PublishSession session = begin("run-2");
        List<PartitionReceipt> receipts = write(session, 0, sample(1));

        assertThatThrownBy(() -> session.commit(List.of(others.get(0), receipts.get(1), receipts.get(2))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("version 1 of route-delays")
                .hasMessageContaining("version 2 of route-delays");
        assertThat(complete()).isEmpty();
    }

    @Test
    void forgedReceiptsAreRefusedAndDecideNothing() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = write(session, 0, sample(1));
        PartitionReceipt good = receipts.get(0);
        Digest more = new Digest(good.digest().sum(), good.digest().records() + 1);
        List<PartitionReceipt> forged = List.of(
                new PartitionReceipt(
                        good.version(), 0, 0, good.files(), more, good.bytes(), good.duplicates(), good.sketches()),
                new PartitionReceipt(
                        good.version(), 0, 0, List.of(), good.digest(), 0, good.duplicates(), good.sketches()),
                new PartitionReceipt(
                        good.version(),
                        0,
                        0,
                        good.files(),
                        good.digest(),
                        good.bytes() + 1,
                        good.duplicates(),
                        good.sketches()));
        for (PartitionReceipt one : forged) {
            assertThatThrownBy(() -> session.commit(List.of(one, receipts.get(1), receipts.get(2))))
                    .as(one.toString())
                    .isInstanceOfAny(CorruptDataException.class, InvalidInputException.class);
            assertThat(complete()).isEmpty();
        }
        assertHolds(route(), session.commit(receipts), sample(1));
    }

    @Test
    void receiptsAndManifestSayWhatTheRecordsAre() {
        SampleRecords records = SampleRecords.random(new Random(7), 500);
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = write(session, 0, records);
        for (PartitionReceipt receipt : receipts) {
            assertReceipt(receipt, of(session, receipt.partition(), records));
        }
        Manifest manifest = session.commit(receipts).manifest();
        assertThat(manifest.digest()).isEqualTo(records.digest());
        assertThat(manifest.partitions())
                .extracting(partition -> partition.digest())
                .containsExactlyElementsOf(
                        receipts.stream().map(PartitionReceipt::digest).toList());
        assertThat(manifest.bytes())
                .isEqualTo(receipts.stream().mapToLong(PartitionReceipt::bytes).sum());
        assertThat(manifest.duplicates()).isZero();
        assertThat(manifest.policy()).isEqualTo(DuplicatePolicy.FAIL);
        assertThat(manifest.keySchema()).isEqualTo(SampleRecords.TEXT_KEY);
        assertThat(manifest.valueSchema()).isEqualTo(SampleRecords.VALUE);
        assertThat(manifest.runId()).isEqualTo(new RunId("run-1"));
        assertThat(manifest.provenance().job()).isEqualTo("delays");
        assertThat(manifest.provenance().parameters()).isEqualTo("days=3");
        assertThat(manifest.provenance().inputs()).isEqualTo(INPUTS);
        assertThat(manifest.provenance().start())
                .isBeforeOrEqualTo(manifest.provenance().end());
        assertStatistics(manifest.fields(), records.values());
    }

    private static void assertReceipt(PartitionReceipt receipt, SampleRecords part) {
        assertThat(receipt.digest()).isEqualTo(part.digest());
        assertThat(receipt.duplicates()).isZero();
        FieldSketcher sketcher = FieldSketcher.of(SampleRecords.VALUE);
        part.records().values().forEach(value -> sketcher.add(value, 0, value.length));
        assertThat(receipt.sketches()).isEqualTo(sketcher.sketches());
        List<FileEntry> files = receipt.files();
        if (!files.isEmpty()) {
            HexFormat hex = HexFormat.of();
            assertThat(files.get(0).leastKey())
                    .isEqualTo(hex.formatHex(part.records().firstKey()));
            assertThat(files.get(files.size() - 1).greatestKey())
                    .isEqualTo(hex.formatHex(part.records().lastKey()));
            assertThat(files.stream().mapToLong(FileEntry::records).sum())
                    .isEqualTo(part.records().size());
        }
    }

    /** Against figures counted the simple way. */
    private static void assertStatistics(List<FieldStatistics> fields, List<GenericRecord> values) {
        assertThat(fields).extracting(FieldStatistics::field).containsExactly("count", "score", "text");
        for (FieldStatistics field : fields) {
            List<Object> present = values.stream()
                    .map(value -> value.get(field.field()))
                    .filter(Objects::nonNull)
                    .toList();
            long distinct = present.stream().map(String::valueOf).distinct().count();
            assertThat(field.values()).isEqualTo(values.size());
            assertThat(field.nulls()).isEqualTo(values.size() - present.size());
            assertThat((double) field.distinct()).isCloseTo((double) distinct, within(1 + 0.1 * distinct));
            if (!field.field().equals("text")) {
                var numbers = present.stream()
                        .mapToDouble(number -> ((Number) number).doubleValue())
                        .summaryStatistics();
                assertThat(field.least()).contains(numbers.getMin());
                assertThat(field.greatest()).contains(numbers.getMax());
                assertThat(field.mean().orElseThrow()).isCloseTo(numbers.getAverage(), within(1e-9));
            }
        }
    }

    @Test
    void duplicatesUnderFailAreRefusedAtTheCommit() {
        PublishSession session = begin("run-1");
        List<PartitionReceipt> receipts = withDuplicates(session);
        assertThatThrownBy(() -> session.commit(receipts))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll("2 records", "route-delays", "first or last");
        assertThat(complete()).isEmpty();
    }

    @Test
    void duplicatesUnderAnotherPolicyAreCounted() {
        PublishSession session = route().publisher().begin(publication("run-1").withDuplicates(DuplicatePolicy.LAST));
        Manifest manifest = session.commit(withDuplicates(session)).manifest();
        assertThat(manifest.duplicates()).isEqualTo(2);
        assertThat(manifest.policy()).isEqualTo(DuplicatePolicy.LAST);
    }

    private static List<PartitionReceipt> withDuplicates(PublishSession session) {
        List<PartitionReceipt> receipts = new ArrayList<>(write(session, 0, sample(1)));
        try (PartitionWriter writer = session.openPartition(1, 1)) {
            of(session, 1, sample(1)).records().forEach(writer::put);
            writer.countDuplicates(2);
            receipts.set(1, writer.finish());
        }
        return receipts;
    }

    // Sizes.

    @Test
    void anEmptyVersionIsLegal() {
        CommittedVersion version = publish("run-1", SampleRecords.none());
        assertThat(version.manifest().digest()).isEqualTo(Digest.EMPTY);
        assertThat(version.manifest().partitions()).hasSize(PARTITIONS);
        assertHolds(route(), version, SampleRecords.none());
    }

    @Test
    void partitionsMayBeEmpty() {
        SampleRecords one = SampleRecords.none().with(SampleRecords.key("only"), SampleRecords.value(1, null, ""));
        assertHolds(route(), publish("run-1", one), one);
    }

    @Test
    void aValueMayHaveAMebibyte() {
        byte[] big = SampleRecords.value(1, null, "x".repeat(1 << 20));
        SampleRecords records = sample(1).with(SampleRecords.key("big"), big);
        assertHolds(route(), publish("run-1", records), records);
    }

    @Test
    void whatWasPutIsWhatIsRead() {
        roundTrips(List.of(1L, 2L));
    }

    @Test
    @Tag("long")
    void whatWasPutIsWhatIsReadForManySeeds() {
        roundTrips(new Random(0).longs(40).boxed().toList());
    }

    private void roundTrips(List<Long> seeds) {
        for (long seed : seeds) {
            Random random = new Random(seed);
            int partitions = 1 + random.nextInt(5);
            Publication texts = publication("texts-" + seed).withPartitions(partitions);
            assertRoundTrip(seed, texts, SampleRecords.random(random, random.nextInt(3000)));
            Publication keyed = Publication.of("keyed")
                    .withRunId(new RunId("keyed-" + seed))
                    .withPartitions(partitions)
                    .withSchemas(SampleRecords.RECORD_KEY, SampleRecords.VALUE);
            assertRoundTrip(seed, keyed, SampleRecords.randomWithRecordKeys(random, random.nextInt(3000)));
        }
    }

    private void assertRoundTrip(long seed, Publication publication, SampleRecords records) {
        assertThatCode(() -> assertHolds(route(), publish(route().publisher(), publication, records), records))
                .as("seed %d, %s", seed, publication)
                .doesNotThrowAnyException();
    }
}
