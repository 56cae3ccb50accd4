package io.slipway.serving.http;

import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.key.KeyRange;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import io.slipway.serving.ReadSettings;
import io.slipway.serving.http.Query.Parameter;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.RecordScan;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.util.Optional;

/**
 * Answers a request for a page of the records of a range, in the order of their keys. A page ends at the limit, or earlier
 * when its reply gets large or takes long; then it has a token for the next. Thread-safe.
 */
final class ScanLookup {

    private static final int USUAL_RECORDS = 100;
    private static final int RECORDS_PER_LOOK_AT_THE_CLOCK = 16;
    private static final String ONLY_JSON =
            "Ask for single records with Accept: avro/binary, or use the reader that runs in your process.";

    private final Answers answers;
    private final ReadSettings settings;

    ScanLookup(Answers answers, ReadSettings settings) {
        this.answers = answers;
        this.settings = settings;
    }

    void answer(Exchange exchange, Snapshot snapshot, Address address, Query query) {
        ServedDataset dataset = ReadTarget.dataset(exchange, snapshot, address.dataset());
        String asked = address.dataset() + '\n' + query.range();
        Optional<PageToken> token = query.one(Parameter.PAGE_TOKEN).map(text -> PageToken.parse(text, asked));
        OpenVersion version = ReadTarget.version(exchange, dataset, version(query, token));
        Representation.requireJson(exchange.request().getHeaders(), ONLY_JSON);
        ValueJson plan = RecordLookup.plan(version, query.one(Parameter.FIELDS));
        int limit = query.limit(USUAL_RECORDS, settings.scanRecords());
        KeyRange range = range(query, version.keys());
        KeyRange rest = token.map(from -> from.restOf(range)).orElse(range);
        JsonBytes out = exchange.out();
        out.raw("{\"version\":").number(version.id().number()).raw(",\"records\":[");
        try (RecordScan scan = version.scan(rest)) {
            page(exchange, version, plan, scan, limit)
                    .ifPresent(last -> out.raw(",\"nextPageToken\":\"")
                            .raw(PageToken.after(last, version.id().number(), asked))
                            .raw('"'));
        } catch (CorruptDataException e) {
            throw RecordLookup.damaged(version);
        }
        out.raw('}');
        exchange.replyJson(settings.compressBytes());
    }

    private static long version(Query query, Optional<PageToken> token) {
        long named = query.version();
        if (token.isEmpty() || named == token.get().version()) {
            return named;
        }
        if (named != 0) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "The page token is of version " + token.get().version() + ", and the parameter 'version' is "
                            + named + ". Leave it out.");
        }
        return token.get().version();
    }

    /** Appends the records of a page; if there are more after it, the key of the last. */
    private Optional<byte[]> page(Exchange exchange, OpenVersion version, ValueJson plan, RecordScan scan, int limit) {
        JsonBytes out = exchange.out();
        Optional<byte[]> last = Optional.empty();
        for (int records = 0; scan.next(); records++) {
            if (records == limit || (records > 0 && isLong(exchange, records))) {
                out.raw(']');
                return last;
            }
            byte[] key = scan.key();
            byte[] value = scan.value();
            out.raw(records == 0 ? "{\"key\":" : ",{\"key\":");
            version.keys().writeJson(key, 0, key.length, out);
            out.raw(",\"value\":");
            RecordLookup.writeJson(exchange, version, plan, value, value.length);
            out.raw('}');
            last = Optional.of(key);
        }
        out.raw(']');
        return Optional.empty();
    }

    private boolean isLong(Exchange exchange, int records) {
        return exchange.out().length() > settings.replyBytes()
                || (records % RECORDS_PER_LOOK_AT_THE_CLOCK == 0 && answers.isOutOfTime(exchange));
    }

    private static KeyRange range(Query query, KeyCodec keys) {
        KeyRange range = KeyRange.ALL;
        if (query.has(Parameter.PREFIX)) {
            range = KeyRange.ofPrefix(bound(Parameter.PREFIX, query, keys));
        }
        if (query.has(Parameter.FROM)) {
            range = range.from(bound(Parameter.FROM, query, keys));
        }
        if (query.has(Parameter.TO)) {
            range = range.to(bound(Parameter.TO, query, keys));
        }
        return range;
    }

    private static byte[] bound(Parameter parameter, Query query, KeyCodec keys) {
        try {
            return parameter == Parameter.PREFIX
                    ? keys.encodePrefix(query.all(parameter))
                    : keys.encodeText(query.all(parameter));
        } catch (InvalidInputException e) {
            throw new ProblemException(ProblemType.BAD_KEY, parameter + ": " + e.getMessage());
        }
    }
}
