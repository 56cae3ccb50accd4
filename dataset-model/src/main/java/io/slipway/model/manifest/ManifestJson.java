package io.slipway.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.DatasetName;
import io.slipway.model.InvalidInputException;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.JsonFields;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.InputFile;
import io.slipway.model.publish.Route;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The fields of a manifest in JSON, {@code spec/bundle-format.md}. The document around them, which may also say that the
 * version was aborted, is {@link io.slipway.model.repository.DecisionJson}. Stateless.
 */
public final class ManifestJson {

    private ManifestJson() {}

    /** Adds a manifest's fields to a JSON object. */
    public static void write(Manifest manifest, ObjectNode json) {
        json.put("dataset", manifest.version().dataset().value());
        json.put("version", manifest.version().number());
        json.put("route", manifest.route().label());
        json.put("runId", manifest.runId().value());
        json.put("records", manifest.digest().records());
        json.put("digest", manifest.digest().hex());
        json.put("bytes", manifest.bytes());
        json.put("duplicatePolicy", manifest.policy().label());
        json.put("duplicates", manifest.duplicates());
        json.put("compression", manifest.compression());
        json.put("keySchema", manifest.keySchema().toString());
        json.put("valueSchema", manifest.valueSchema().toString());
        manifest.delta().ifPresent(delta -> writeDelta(delta, json));
        manifest.topic().ifPresent(topic -> writeTopic(topic, json));
        json.put("routingFields", manifest.routingFields());
        writePartitions(manifest, json.putArray("partitions"));
        FileEntryJson.write(manifest.files(), json.putArray("files"));
        writeFields(manifest, json.putArray("fields"));
        writeProvenance(manifest.provenance(), json.putObject("provenance"));
    }

    /**
     * Reads a manifest's fields.
     *
     * @throws io.slipway.model.CorruptDataException if one is missing, of the wrong form, or contradicts another
     */
    public static Manifest read(JsonFields json) {
        Manifest manifest = new Manifest(
                readVersion(json),
                json.parsed("route", Route::of),
                json.parsed("runId", RunId::new),
                json.parsed("keySchema", ManifestJson::schema),
                json.parsed("valueSchema", ManifestJson::schema),
                readDelta(json),
                readTopic(json),
                json.count("routingFields"),
                json.objects("files", FileEntryJson::read),
                json.objects("partitions", ManifestJson::readPartition),
                readDigest(json),
                json.longCount("bytes"),
                json.parsed("duplicatePolicy", DuplicatePolicy::of),
                json.longCount("duplicates"),
                json.objects("fields", ManifestJson::readField),
                json.text("compression"),
                readProvenance(json.object("provenance")));
        checkTotals(manifest, json);
        return manifest;
    }

    private static VersionId readVersion(JsonFields json) {
        long number = json.integer("version");
        return json.parsed("dataset", name -> new VersionId(new DatasetName(name), number));
    }

    private static void checkTotals(Manifest manifest, JsonFields json) {
        checkPartitioning(manifest, json);
        checkTopic(manifest, json);
        checkDelta(manifest, json);
        long[] recordsInFiles = new long[manifest.partitions().size()];
        long bytes = 0;
        for (FileEntry file : manifest.files()) {
            if (file.partition() >= recordsInFiles.length) {
                throw json.damaged("files", "partitions below " + recordsInFiles.length, file.partition());
            }
            recordsInFiles[file.partition()] += file.records();
            bytes += file.bytes();
        }
        if (bytes != manifest.bytes()) {
            throw json.damaged("bytes", "the sum of the files' sizes, " + bytes, manifest.bytes());
        }
        Digest sum = Digest.EMPTY;
        for (int i = 0; i < recordsInFiles.length; i++) {
            PartitionEntry partition = manifest.partitions().get(i);
            checkPartition(json, i, partition, recordsInFiles[i]);
            sum = sum.plus(partition.digest());
        }
        if (!sum.equals(manifest.digest())) {
            throw json.damaged("digest", "the sum of the partitions' digests, " + sum, manifest.digest());
        }
        checkOrder(manifest, json);
    }

    private static void checkPartitioning(Manifest manifest, JsonFields json) {
        try {
            manifest.partitioner();
        } catch (InvalidInputException e) {
            throw json.damaged("keySchema, partitions and routingFields", "a partitioning", e.getMessage());
        }
    }

    private static void checkTopic(Manifest manifest, JsonFields json) {
        if (manifest.topic().isPresent() != (manifest.route() == Route.KAFKA)) {
            throw json.damaged(
                    "topic",
                    "one on the Kafka route and none on another",
                    manifest.topic().map(VersionTopic::name).orElse("none"));
        }
    }

    private static void checkDelta(Manifest manifest, JsonFields json) {
        long deletes = manifest.files().stream()
                .filter(FileEntry::isDeletes)
                .mapToLong(FileEntry::records)
                .sum();
        long expected = manifest.delta().map(Delta::deletes).orElse(0L);
        if (deletes != expected) {
            throw json.damaged("deletes", "the sum of the files of deletes, " + deletes, expected);
        }
        long number = manifest.version().number();
        manifest.delta()
                .filter(delta -> delta.base() < 1 || delta.base() >= number)
                .ifPresent(delta -> {
                    throw json.damaged("base.version", "a version from 1 to " + (number - 1), delta.base());
                });
    }

    /** Files that follow on one another: else a key could be in two of them, and which one is read would be chance. */
    private static void checkOrder(Manifest manifest, JsonFields json) {
        List<FileEntry> files = manifest.files();
        for (int i = 0; i < files.size(); i++) {
            FileEntry file = files.get(i);
            if (file.leastKey().compareTo(file.greatestKey()) > 0) {
                throw json.damaged("files[" + i + "].greatestKey", "at least " + file.leastKey(), file.greatestKey());
            }
            if (i > 0 && !follows(files.get(i - 1), file)) {
                throw json.damaged(
                        "files[" + i + "]",
                        "one that comes after " + files.get(i - 1).name() + " with its partition, content and keys",
                        file.name());
            }
        }
    }

    private static boolean follows(FileEntry before, FileEntry file) {
        if (file.partition() != before.partition()) {
            return file.partition() > before.partition();
        }
        return file.content() == before.content()
                ? file.leastKey().compareTo(before.greatestKey()) > 0
                : file.content().compareTo(before.content()) > 0;
    }

    private static void checkPartition(JsonFields json, int at, PartitionEntry partition, long recordsInFiles) {
        if (partition.partition() != at) {
            throw json.damaged("partitions[" + at + "].partition", at, partition.partition());
        }
        long records = partition.digest().records();
        if (records != recordsInFiles) {
            throw json.damaged(
                    "partitions[" + at + "].records", "the sum of its files' records, " + recordsInFiles, records);
        }
    }

    private static Schema schema(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (org.apache.avro.AvroRuntimeException | NullPointerException e) {
            // Avro 1.12 throws the latter at the name of a type that is not defined.
            throw new IllegalArgumentException("not an Avro schema: " + e.getMessage(), e);
        }
    }

    private static void writeDelta(Delta delta, ObjectNode json) {
        ObjectNode base = json.putObject("base");
        base.put("version", delta.base());
        base.put("manifestSha256", delta.baseSha256());
        json.put("deletes", delta.deletes());
    }

    private static Optional<Delta> readDelta(JsonFields json) {
        if (!json.has("base")) {
            return Optional.empty();
        }
        JsonFields base = json.object("base");
        return Optional.of(new Delta(base.integer("version"), base.text("manifestSha256"), json.longCount("deletes")));
    }

    private static void writeTopic(VersionTopic topic, ObjectNode json) {
        json.putObject("topic").put("name", topic.name()).put("id", topic.id());
    }

    private static Optional<VersionTopic> readTopic(JsonFields json) {
        if (!json.has("topic")) {
            return Optional.empty();
        }
        JsonFields topic = json.object("topic");
        String name = topic.text("name");
        return Optional.of(topic.parsed("id", id -> new VersionTopic(name, id)));
    }

    private static Digest readDigest(JsonFields json) {
        long records = json.longCount("records");
        return json.parsed("digest", hex -> Digest.of(hex, records));
    }

    private static void writePartitions(Manifest manifest, ArrayNode array) {
        for (PartitionEntry partition : manifest.partitions()) {
            ObjectNode entry = array.addObject();
            entry.put("partition", partition.partition());
            entry.put("records", partition.digest().records());
            entry.put("digest", partition.digest().hex());
        }
    }

    private static PartitionEntry readPartition(JsonFields json) {
        return new PartitionEntry(json.count("partition"), readDigest(json));
    }

    private static void writeFields(Manifest manifest, ArrayNode array) {
        for (FieldStatistics field : manifest.fields()) {
            ObjectNode entry = array.addObject();
            entry.put("field", field.field());
            entry.put("values", field.values());
            entry.put("nulls", field.nulls());
            entry.put("distinct", field.distinct());
            put(entry, "least", field.least());
            put(entry, "greatest", field.greatest());
            put(entry, "mean", field.mean());
        }
    }

    /** JSON has no infinities, and they say little as a statistic: they are left out. */
    private static void put(ObjectNode entry, String name, Optional<Double> value) {
        value.filter(Double::isFinite).ifPresent(number -> entry.put(name, number));
    }

    private static FieldStatistics readField(JsonFields json) {
        return new FieldStatistics(
                json.text("field"),
                json.integer("values"),
                json.integer("nulls"),
                json.integer("distinct"),
                json.number("least"),
                json.number("greatest"),
                json.number("mean"));
    }

    private static void writeProvenance(Provenance provenance, ObjectNode json) {
        json.put("job", provenance.job());
        json.put("parameters", provenance.parameters());
        json.put("engine", provenance.engine());
        json.put("label", provenance.label());
        ArrayNode inputs = json.putArray("inputs");
        for (InputFile input : provenance.inputs()) {
            ObjectNode entry = inputs.addObject();
            entry.put("name", input.name());
            entry.put("bytes", input.bytes());
            entry.put("fingerprint", input.fingerprint());
        }
        json.put("start", provenance.start().toString());
        json.put("end", provenance.end().toString());
    }

    private static Provenance readProvenance(JsonFields json) {
        List<InputFile> inputs = json.objects(
                "inputs",
                input -> new InputFile(input.text("name"), input.integer("bytes"), input.text("fingerprint")));
        return new Provenance(
                json.text("job"),
                json.text("parameters"),
                json.text("engine"),
                json.text("label"),
                inputs,
                json.instant("start"),
                json.instant("end"));
    }
}
