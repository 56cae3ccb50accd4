package io.slipway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.cluster.TopicCursor;
import io.slipway.kafka.cluster.TopicInfo;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.control.ControlCodec;
import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.kafka.read.TopicVersion;
import io.slipway.model.InvalidInputException;
import io.slipway.model.SlipwayException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.publish.CommittedVersion;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a version topic holds: its control records, how many others are between them, and what the ledger says of the
 * version.
 *
 * @param content what was found
 * @param problem what is wrong with it, if anything is
 */
record InspectedTopic(ObjectNode content, Optional<String> problem) {

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Looks into a topic. What is wrong with it becomes the problem.
     *
     * @throws InvalidInputException if its name is not that of a version topic
     * @throws io.slipway.model.UnavailableException if the cluster cannot be reached
     */
    static InspectedTopic of(KafkaSettings settings, String topic) {
        TopicNames names = new TopicNames(settings.prefix());
        VersionId version = names.versionOf(topic)
                .orElseThrow(() -> new InvalidInputException("'" + topic
                        + "' is not the name of a version topic, such as "
                        + settings.prefix() + ".route-delays.v7. Topics of another prefix need " + KafkaSettings.PREFIX
                        + " in --kafka-config."));
        try (KafkaCluster cluster = new KafkaCluster(settings)) {
            cluster.requireReachable(KafkaTarget.ANSWER_WITHIN);
            try (Ledger ledger = Ledger.of(cluster, names, version.dataset())) {
                return of(cluster, topic, version, ledger.read().version(version));
            }
        }
    }

    private static InspectedTopic of(
            KafkaCluster cluster, String topic, VersionId version, Optional<LedgerVersion> claimed) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("topic", topic);
        content.put("dataset", version.dataset().value());
        content.put("version", version.number());
        claimed.ifPresent(found -> describe(found, content));
        Optional<TopicInfo> info = cluster.topic(topic);
        if (info.isEmpty()) {
            return new InspectedTopic(
                    content,
                    Optional.of("There is no topic " + topic + ". It is not created yet, or the version was retired or"
                            + " aborted."));
        }
        content.put("id", info.get().id());
        ArrayNode records = content.putArray("records");
        try {
            for (int partition = 0; partition < info.get().partitions(); partition++) {
                read(cluster, topic, partition, records);
            }
            claimed.flatMap(LedgerVersion::committed)
                    .ifPresent(committed -> new TopicVersion(cluster, committed).verify());
            return new InspectedTopic(content, Optional.empty());
        } catch (SlipwayException e) {
            return new InspectedTopic(content, Optional.of(e.getMessage()));
        }
    }

    /** Tells people. */
    void print(PrintWriter out) {
        out.println(content.get("topic").asText());
        content.properties().stream()
                .filter(field ->
                        field.getValue().isValueNode() && !field.getKey().equals("topic"))
                .forEach(field -> out.printf(
                        "  %-10s  %s%n", field.getKey(), field.getValue().asText()));
        out.println();
        TextTable table = new TextTable("rrll", "PARTITION", "OFFSET", "RECORD", "");
        content.path("records").forEach(record -> {
            ObjectNode details = record.deepCopy();
            details.remove(List.of("partition", "offset", "kind"));
            table.add(
                    record.get("partition").asText(),
                    record.get("offset").asText(),
                    record.get("kind").asText(),
                    text(details));
        });
        table.print(out);
    }

    private static String text(ObjectNode details) {
        return StreamSupport.stream(((Iterable<String>) details::fieldNames).spliterator(), false)
                .map(name -> name + " " + details.get(name).asText())
                .collect(Collectors.joining(", "));
    }

    private static void describe(LedgerVersion found, ObjectNode content) {
        content.put("state", state(found).toString());
        content.put("runId", found.runId().value());
        content.put("owner", found.claim().owner());
        content.put("sessions", found.newestSession());
        content.put("partitions", found.claim().partitions());
        found.claim().base().ifPresent(base -> content.put("base", base));
        found.abort().ifPresent(abort -> content.put("reason", abort.reason()));
        found.committed().map(CommittedVersion::manifest).ifPresent(manifest -> {
            content.put("count", manifest.digest().records());
            content.put("digest", manifest.digest().hex());
        });
    }

    private static VersionState state(LedgerVersion version) {
        if (version.commit().isPresent()) {
            return VersionState.COMMITTED;
        }
        return version.abort().isPresent() ? VersionState.ABORTED : VersionState.CLAIMED;
    }

    /** Reads all that is settled; a run of records that are not control records is one line. */
    private static void read(KafkaCluster cluster, String topic, int partition, ArrayNode found) {
        try (TopicCursor cursor = cluster.cursor(topic, partition)) {
            cursor.seek(cursor.firstOffset());
            long end = cursor.stableOffset();
            List<ConsumerRecord<byte[], byte[]>> run = new ArrayList<>(1);
            long count = 0;
            while (cursor.position() < end) {
                for (ConsumerRecord<byte[], byte[]> record : cursor.poll(POLL)) {
                    Optional<ControlRecord> control = ControlCodec.read(record);
                    if (control.isEmpty()) {
                        if (count++ == 0) {
                            run.add(record);
                        }
                        continue;
                    }
                    addRun(run, count, found);
                    run.clear();
                    count = 0;
                    describe(control.get(), line(found, record, kind(control.get())));
                }
            }
            addRun(run, count, found);
        }
    }

    private static void addRun(List<ConsumerRecord<byte[], byte[]>> first, long count, ArrayNode found) {
        first.forEach(record -> line(found, record, "data").put("records", count));
    }

    private static ObjectNode line(ArrayNode found, ConsumerRecord<byte[], byte[]> record, String kind) {
        return found.addObject()
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("kind", kind);
    }

    private static String kind(ControlRecord record) {
        return record.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    }

    private static void describe(ControlRecord record, ObjectNode line) {
        line.put("run", record.runId().value());
        if (record instanceof Start start) {
            describe(start.id(), line);
            line.put("sorted", start.sorted());
            line.put("compression", start.compression());
        } else if (record instanceof End end) {
            describe(end.id(), line);
            describe(end.totals(), line);
        } else if (record instanceof Commit commit) {
            commit.winner().ifPresent(winner -> {
                describe(winner.id(), line);
                describe(winner.totals(), line);
            });
            line.put("manifest", commit.manifestSha256());
        } else if (record instanceof Abort abort) {
            line.put("session", abort.session());
            line.put("reason", abort.reason());
        }
    }

    private static void describe(AttemptId id, ObjectNode line) {
        line.put("session", id.session());
        line.put("attempt", id.attempt());
    }

    private static void describe(AttemptTotals totals, ObjectNode line) {
        line.put("records", totals.digest().records());
        line.put("digest", totals.digest().hex());
    }
}
