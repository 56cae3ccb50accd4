package io.slipway.serving.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import io.slipway.serving.ReadSettings;
import io.slipway.serving.http.Query.Parameter;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers a request for several records, all from one version. Thread-safe.
 *
 * <p>The keys are looked up one by one, as they come: RocksDB's own multi-get, and sorting them by partition and key first,
 * were no faster when they were tried, with blocks in memory and without.
 */
final class BatchLookup {

    private static final String FORM = "{\"keys\":[…]}.";
    private static final String ONLY_JSON =
            "Ask for single records with Accept: avro/binary, or use the reader that runs in your process.";
    private static final int KEYS_PER_LOOK_AT_THE_CLOCK = 64;
    private static final byte[] VERSION = ascii("\"version\":");
    private static final byte[] FOUND = ascii(",\"found\":[");
    private static final byte[] FIRST_KEY = ascii("{\"key\":");
    private static final byte[] NEXT_KEY = ascii(",{\"key\":");
    private static final byte[] VALUE = ascii(",\"value\":");
    private static final byte[] MISSING = ascii("],\"missing\":[");

    private final Answers answers;
    private final ReadSettings settings;

    BatchLookup(Answers answers, ReadSettings settings) {
        this.answers = answers;
        this.settings = settings;
    }

    void answer(Exchange exchange, Snapshot snapshot, Address address, Query query, byte[] body) {
        OpenVersion version = ReadTarget.version(
                exchange, ReadTarget.dataset(exchange, snapshot, address.dataset()), query.version());
        requireJson(exchange);
        ValueJson plan = RecordLookup.plan(version, query.one(Parameter.FIELDS));
        JsonBody.read(body, 0, FORM, json -> parse(json, exchange.keys(), version.keys()));
        exchange.out().raw('{');
        lookUp(exchange, version, plan);
        exchange.out().raw('}');
        exchange.replyJson(settings.compressBytes());
    }

    static void requireJson(Exchange exchange) {
        Representation.requireJson(exchange.request().getHeaders(), ONLY_JSON);
    }

    private void parse(JsonParser json, BatchKeys keys, KeyCodec codec) throws IOException {
        boolean[] found = new boolean[1];
        json.nextToken();
        JsonBody.object(json, FORM, (name, value) -> {
            if (!name.equals("keys")) {
                throw JsonBody.unknown(name, FORM);
            }
            JsonBody.requireFirst(!found[0], name, FORM);
            JsonBody.require(value.currentToken() == JsonToken.START_ARRAY, name, "an array", FORM);
            keys.parse(value, codec, settings, 0);
            found[0] = true;
        });
        JsonBody.require(found[0], "keys", "there", FORM);
        JsonBody.end(json, FORM);
    }

    /** Looks the exchange's keys up and appends the fields of the answer. */
    void lookUp(Exchange exchange, OpenVersion version, ValueJson plan) {
        JsonBytes out = exchange.out();
        BatchKeys keys = exchange.keys();
        int[] missing = new int[keys.count()];
        int missed = 0;
        out.raw(VERSION).number(version.id().number()).raw(FOUND);
        for (int i = 0; i < keys.count(); i++) {
            if (i % KEYS_PER_LOOK_AT_THE_CLOCK == 0) {
                answers.checkTime(exchange);
            }
            int length = find(exchange, version, i);
            if (length == OpenVersion.NOT_FOUND) {
                missing[missed++] = i;
            } else {
                out.raw(i == missed ? FIRST_KEY : NEXT_KEY);
                writeKey(version, keys, i, out);
                out.raw(VALUE);
                RecordLookup.writeJson(exchange, version, plan, length);
                out.raw('}');
                checkSize(out, i - missed);
            }
        }
        out.raw(MISSING);
        for (int i = 0; i < missed; i++) {
            if (i > 0) {
                out.raw(',');
            }
            writeKey(version, keys, missing[i], out);
        }
        out.raw(']');
        exchange.lookedUp(version, keys.count() - missed, missed);
    }

    private static int find(Exchange exchange, OpenVersion version, int key) {
        BatchKeys keys = exchange.keys();
        return RecordLookup.find(
                version, from -> exchange.lookUp(from, keys.array(), keys.start(key), keys.length(key)));
    }

    private static void writeKey(OpenVersion version, BatchKeys keys, int key, JsonBytes out) {
        version.keys().writeJson(keys.array(), keys.start(key), keys.length(key), out);
    }

    private void checkSize(JsonBytes out, int foundBefore) {
        if (out.length() > settings.replyBytes() && foundBefore > 0) {
            throw new ProblemException(
                    ProblemType.REPLY_TOO_LARGE,
                    "The values of these keys are more than the limit of " + settings.replyBytes()
                            + " bytes of JSON together (reply.bytes). Send several requests, with a version to read one"
                            + " version.");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
