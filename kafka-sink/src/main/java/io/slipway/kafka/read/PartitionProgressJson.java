package io.slipway.kafka.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kafka.control.AttemptId;
import io.slipway.kafka.control.AttemptTotals;
import io.slipway.kafka.read.PartitionProgress.Attempt;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.JsonFields;
import java.util.Optional;

/** A partition's progress in JSON, for whoever keeps it. Stateless. */
public final class PartitionProgressJson {

    private PartitionProgressJson() {}

    /** Adds the fields of a progress to a JSON object. */
    public static void write(PartitionProgress progress, ObjectNode json) {
        json.put("offset", progress.offset());
        progress.open().ifPresent(open -> write(open, json.putObject("open")));
        ArrayNode finished = json.putArray("finished");
        progress.finished().forEach(attempt -> write(attempt, finished.addObject()));
    }

    /**
     * Reads the fields of a progress.
     *
     * @throws io.slipway.model.CorruptDataException if one is missing or of the wrong form
     */
    public static PartitionProgress read(JsonFields json) {
        return new PartitionProgress(
                json.longCount("offset"),
                json.has("open") ? Optional.of(readAttempt(json.object("open"))) : Optional.empty(),
                json.objects("finished", PartitionProgressJson::readAttempt));
    }

    private static void write(Attempt attempt, ObjectNode json) {
        json.put("session", attempt.id().session());
        json.put("attempt", attempt.id().attempt());
        json.put("startOffset", attempt.startOffset());
        json.put("records", attempt.totals().digest().records());
        json.put("digest", attempt.totals().digest().hex());
        json.put("deletes", attempt.totals().deletes());
        json.put("bytes", attempt.totals().bytes());
        json.put("duplicates", attempt.totals().duplicates());
    }

    private static Attempt readAttempt(JsonFields json) {
        long records = json.longCount("records");
        return new Attempt(
                new AttemptId(json.count("session"), json.count("attempt")),
                json.longCount("startOffset"),
                new AttemptTotals(
                        json.parsed("digest", hex -> Digest.of(hex, records)),
                        json.longCount("deletes"),
                        json.longCount("bytes"),
                        json.longCount("duplicates")));
    }
}
