package io.slipway.model.manifest;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.publish.DuplicatePolicy;
import io.slipway.model.publish.Route;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * All that makes a version: its files, counts, digests, schemas and provenance. Immutable.
 *
 * <p>On the Kafka route its files are the runs of records of the attempts that count, in the partitions of its topic.
 *
 * <p>Of a delta, files, counts and digests are those of its changes: a put counts as its record, a delete as one without
 * value.
 *
 * @param version the version
 * @param route how it was published
 * @param runId the run that published it
 * @param keySchema the schema of all its keys
 * @param valueSchema the schema of all its values
 * @param delta what it is a delta on; none for a full version
 * @param topic the topic that holds it, on the Kafka route; none on the SST route
 * @param routingFields how many leading fields of the key route it; 0 for the whole key
 * @param files its files, by partition, then records before deletes, then by key
 * @param partitions one entry for each partition, in order
 * @param digest the number of its records and the sum of their hashes
 * @param bytes the size of its files
 * @param policy what was done with duplicate keys
 * @param duplicates how many records shared their key with another, beyond the first
 * @param fields what each field's values look like
 * @param compression how the files' blocks are compressed
 * @param provenance where it comes from
 */
public record Manifest(
        VersionId version,
        Route route,
        RunId runId,
        Schema keySchema,
        Schema valueSchema,
        Optional<Delta> delta,
        Optional<VersionTopic> topic,
        int routingFields,
        List<FileEntry> files,
        List<PartitionEntry> partitions,
        Digest digest,
        long bytes,
        DuplicatePolicy policy,
        long duplicates,
        List<FieldStatistics> fields,
        String compression,
        Provenance provenance) {

    /** Takes copies of the lists. */
    public Manifest {
        files = List.copyOf(files);
        partitions = List.copyOf(partitions);
        fields = List.copyOf(fields);
    }

    /** The version that this one is a delta on, if it is one. */
    public Optional<VersionId> base() {
        return delta.map(changes -> new VersionId(version.dataset(), changes.base()));
    }

    /** The files of one partition, by key; none if the partition is empty. */
    public List<FileEntry> filesOf(int partition) {
        return files.stream().filter(file -> file.partition() == partition).toList();
    }

    /** How this version's keys are spread over its partitions. */
    public Partitioner partitioner() {
        return new Partitioner(partitions.size(), routingFields, KeyCodec.of(keySchema));
    }
}
