package io.slipway.serving.ingest;

import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.control.ManifestDocument;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.manifest.Delta;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntry.Content;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.manifest.Provenance;
import io.slipway.model.manifest.VersionTopic;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import io.slipway.model.repository.DecisionJson;
import io.slipway.testkit.SampleRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A version topic of one partition, written record by record as no publisher of ours would. */
final class HandWrittenTopic {

    static final AttemptId FIRST = new AttemptId(1, 0);
    static final AttemptId SECOND = new AttemptId(1, 1);

    private static final VersionId VERSION = new VersionId(new DatasetName("by-hand"), 2);
    private static final RunId RUN = new RunId("by-hand");

    private final TopicPlace place;
    private final TopicInfo topic;
    private Written written = new Written();
    private AttemptId open = FIRST;

    HandWrittenTopic(TopicPlace place) {
        this.place = place;
        this.topic = place.cluster().createTopic(place.topic(VERSION), 1, Map.of());
    }

    HandWrittenTopic start(AttemptId id, boolean sorted) {
        open = id;
        written = new Written();
        place.write(
                topic.name(),
                0,
                new Start(
                        VERSION,
                        RUN,
                        0,
                        id,
                        sorted,
                        SampleRecords.TEXT_KEY.toString(),
                        SampleRecords.VALUE.toString(),
                        "none"));
        return this;
    }

    HandWrittenTopic put(byte[] key, byte[] value) {
        written.digest.add(key, value);
        written.put++;
        written.count(key, value.length, written.puts);
        place.write(topic.name(), 0, key, value);
        return this;
    }

    HandWrittenTopic delete(byte[] key) {
        written.digest.addDelete(key);
        written.deleted++;
        written.count(key, 0, written.deletes);
        place.write(topic.name(), 0, key, null);
        return this;
    }

    HandWrittenTopic end() {
        place.write(topic.name(), 0, new End(VERSION, RUN, 0, open, written.totals()));
        return this;
    }

    /** The last attempt is made to count. */
    CommittedVersion commit() {
        return commit(open, written.totals());
    }

    CommittedVersion commit(AttemptId winner, AttemptTotals totals) {
        ManifestDocument document = new ManifestDocument(DecisionJson.writeCommitted(manifest(winner), "write-id"));
        place.write(
                topic.name(),
                0,
                new Commit(
                        VERSION,
                        RUN,
                        1,
                        1,
                        written.digest.digest(),
                        document.sha256(),
                        Optional.of(document),
                        Optional.of(new Winner(0, winner, totals))));
        return document.read("by hand", VERSION);
    }

    /** What the last attempt has written. */
    AttemptTotals totals() {
        return written.totals();
    }

    /** The version without a COMMIT in its topic. */
    CommittedVersion uncommitted() {
        return new ManifestDocument(DecisionJson.writeCommitted(manifest(open), "write-id")).read("by hand", VERSION);
    }

    String name() {
        return topic.name();
    }

    private Manifest manifest(AttemptId winner) {
        Digest digest = written.digest.digest();
        return new Manifest(
                VERSION,
                Route.KAFKA,
                RUN,
                SampleRecords.TEXT_KEY,
                SampleRecords.VALUE,
                written.deleted == 0 ? Optional.empty() : Optional.of(new Delta(1, "0".repeat(64), written.deleted)),
                Optional.of(new VersionTopic(topic.name(), topic.id())),
                0,
                written.files(winner),
                List.of(new PartitionEntry(0, digest)),
                digest,
                written.bytes,
                DuplicatePolicy.FAIL,
                0,
                List.of(),
                "none",
                new Provenance("", "", "test", "", List.of(), Instant.EPOCH, Instant.EPOCH));
    }

    /** What one attempt has written. */
    private static final class Written {

        private final DigestBuilder digest = new DigestBuilder();
        private final SortedSet<byte[]> puts = new TreeSet<>(Arrays::compareUnsigned);
        private final SortedSet<byte[]> deletes = new TreeSet<>(Arrays::compareUnsigned);
        private long put;
        private long deleted;
        private long bytes;

        void count(byte[] key, int valueBytes, SortedSet<byte[]> keys) {
            keys.add(key);
            bytes += key.length + valueBytes;
        }

        AttemptTotals totals() {
            return new AttemptTotals(digest.digest(), deleted, bytes, 0);
        }

        List<FileEntry> files(AttemptId id) {
            String name = String.format("part-00000-%d-%d", id.session(), id.attempt());
            List<FileEntry> files = new ArrayList<>();
            if (!puts.isEmpty()) {
                files.add(file(name, Content.RECORDS, puts, put, deletes.isEmpty() ? bytes : bytes - 1));
            }
            if (!deletes.isEmpty()) {
                files.add(file(name + "-deletes", Content.DELETES, deletes, deleted, puts.isEmpty() ? bytes : 1));
            }
            return files;
        }

        private static FileEntry file(String name, Content content, SortedSet<byte[]> keys, long records, long bytes) {
            HexFormat hex = HexFormat.of();
            return new FileEntry(
                    name, content, 0, bytes, records, "", hex.formatHex(keys.first()), hex.formatHex(keys.last()));
        }
    }
}
