package io.slipway.kafka.control;

import io.slipway.kafka.control.ControlRecord.Abort;
import io.slipway.kafka.control.ControlRecord.Claim;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.End;
import io.slipway.kafka.control.ControlRecord.Start;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import io.slipway.model.digest.Digest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Control records to and from the fields of their Avro schemas. Stateless. */
final class ControlBodies {

    private ControlBodies() {}

    static GenericRecord body(ControlRecord record, Schema schema) {
        GenericRecord body = new GenericData.Record(schema);
        body.put("dataset", record.version().dataset().value());
        body.put("version", record.version().number());
        body.put("runId", record.runId().value());
        if (record instanceof Claim claim) {
            fill(claim, body);
        } else if (record instanceof Start start) {
            fill(start, body);
        } else if (record instanceof End end) {
            body.put("partition", end.partition());
            fill(end.id(), end.totals(), body);
        } else if (record instanceof Commit commit) {
            fill(commit, body);
        } else if (record instanceof Abort abort) {
            body.put("session", abort.session());
            body.put("reason", abort.reason());
        }
        return body;
    }

    static Claim claim(GenericRecord body) {
        Object base = body.get("base");
        return new Claim(
                version(body),
                run(body),
                number(body, "partitions"),
                base == null ? OptionalLong.empty() : OptionalLong.of((Long) base),
                text(body, "owner"),
                Instant.ofEpochMilli((Long) body.get("time")),
                text(body, "writeId"));
    }

    static Start start(GenericRecord body) {
        return new Start(
                version(body),
                run(body),
                number(body, "partition"),
                id(body),
                (Boolean) body.get("sorted"),
                text(body, "keySchema"),
                text(body, "valueSchema"),
                text(body, "compression"));
    }

    static End end(GenericRecord body) {
        return new End(version(body), run(body), number(body, "partition"), id(body), totals(body));
    }

    static Commit commit(GenericRecord body) {
        return new Commit(
                version(body),
                run(body),
                number(body, "session"),
                number(body, "partitions"),
                digest(body),
                text(body, "manifestSha256"),
                Optional.ofNullable((ByteBuffer) body.get("manifest")).map(ControlBodies::manifest),
                Optional.ofNullable((GenericRecord) body.get("winner"))
                        .map(winner -> new Winner(number(winner, "partition"), id(winner), totals(winner))));
    }

    static Abort abort(GenericRecord body) {
        return new Abort(version(body), run(body), number(body, "session"), text(body, "reason"));
    }

    private static void fill(Claim claim, GenericRecord body) {
        body.put("partitions", claim.partitions());
        body.put("base", claim.base().isPresent() ? claim.base().getAsLong() : null);
        body.put("owner", claim.owner());
        body.put("time", claim.time().toEpochMilli());
        body.put("writeId", claim.writeId());
    }

    private static void fill(Start start, GenericRecord body) {
        body.put("partition", start.partition());
        body.put("session", start.id().session());
        body.put("attempt", start.id().attempt());
        body.put("sorted", start.sorted());
        body.put("keySchema", start.keySchema());
        body.put("valueSchema", start.valueSchema());
        body.put("compression", start.compression());
    }

    private static void fill(Commit commit, GenericRecord body) {
        body.put("session", commit.session());
        body.put("partitions", commit.partitions());
        body.put("records", commit.digest().records());
        body.put("digest", commit.digest().sum());
        body.put("manifestSha256", commit.manifestSha256());
        commit.manifest().ifPresent(manifest -> body.put("manifest", ByteBuffer.wrap(manifest.bytes())));
        commit.winner().ifPresent(winner -> {
            GenericRecord nested = new GenericData.Record(
                    body.getSchema().getField("winner").schema().getTypes().get(1));
            nested.put("partition", winner.partition());
            fill(winner.id(), winner.totals(), nested);
            body.put("winner", nested);
        });
    }

    private static void fill(AttemptId id, AttemptTotals totals, GenericRecord body) {
        body.put("session", id.session());
        body.put("attempt", id.attempt());
        body.put("records", totals.digest().records());
        body.put("digest", totals.digest().sum());
        body.put("deletes", totals.deletes());
        body.put("bytes", totals.bytes());
        body.put("duplicates", totals.duplicates());
    }

    private static VersionId version(GenericRecord body) {
        return new VersionId(new DatasetName(text(body, "dataset")), (Long) body.get("version"));
    }

    private static RunId run(GenericRecord body) {
        return new RunId(text(body, "runId"));
    }

    private static AttemptId id(GenericRecord body) {
        return new AttemptId(number(body, "session"), number(body, "attempt"));
    }

    private static AttemptTotals totals(GenericRecord body) {
        return new AttemptTotals(
                digest(body), (Long) body.get("deletes"), (Long) body.get("bytes"), (Long) body.get("duplicates"));
    }

    private static Digest digest(GenericRecord body) {
        return new Digest((Long) body.get("digest"), (Long) body.get("records"));
    }

    private static ManifestDocument manifest(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new ManifestDocument(bytes);
    }

    private static int number(GenericRecord body, String field) {
        return (Integer) body.get(field);
    }

    private static String text(GenericRecord body, String field) {
        return body.get(field).toString();
    }
}
