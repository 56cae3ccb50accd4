package io.slipway.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.JsonBytes;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.store.OpenVersion;
import java.util.ArrayList;
import java.util.List;

/** Answers a request for several records, all from one version. Thread-safe. */
final class BatchLookup {

    /** Bounds the memory of a reply; below it, values of any size. */
    private static final int MAX_REPLY_BYTES = 64 << 20;

    private final LookupMetrics metrics;

    BatchLookup(LookupMetrics metrics) {
        this.metrics = metrics;
    }

    void answer(Exchange exchange, OpenVersion version, BatchRequest batch) {
        List<JsonNode> missing = new ArrayList<>();
        JsonBytes out = exchange.out();
        out.raw("{\"version\":").number(version.id().number()).raw(",\"found\":[");
        boolean isFirst = true;
        for (JsonNode key : batch.keys()) {
            exchange.key().set(encode(key, version));
            int length = RecordLookup.find(exchange, version);
            if (length == OpenVersion.NOT_FOUND) {
                missing.add(key);
            } else {
                out.raw(isFirst ? "{\"key\":" : ",{\"key\":")
                        .raw(key.toString())
                        .raw(",\"value\":");
                RecordLookup.writeJson(exchange, version, length);
                out.raw('}');
                isFirst = false;
                metrics.hit();
                checkSize(out);
            }
        }
        out.raw("],\"missing\":[");
        for (int i = 0; i < missing.size(); i++) {
            out.raw(i == 0 ? "" : ",").raw(missing.get(i).toString());
            metrics.miss();
        }
        out.raw("]}");
        exchange.replyJson();
    }

    private static byte[] encode(JsonNode key, OpenVersion version) {
        try {
            return version.keys().encodeJson(key);
        } catch (InvalidInputException e) {
            throw new ProblemException(ProblemType.BAD_KEY, e.getMessage());
        }
    }

    private static void checkSize(JsonBytes out) {
        if (out.length() > MAX_REPLY_BYTES) {
            throw new ProblemException(
                    ProblemType.REPLY_TOO_LARGE,
                    "The values of these keys are more than " + MAX_REPLY_BYTES
                            + " bytes of JSON together. Send several requests, with ?version= to read one version.");
        }
    }
}
