package io.slipway.serving.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.slipway.serving.ReadSettings;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers a request for records of several datasets, all from one snapshot: a group that is swapped together is read
 * together. Thread-safe.
 */
final class MultiBatchLookup {

    private static final String FORM =
            "{\"datasets\":[{\"dataset\":\"…\",\"keys\":[…]}, …]}, each with a \"version\" and \"fields\" if you like.";

    private final BatchLookup batches;
    private final ReadSettings settings;

    MultiBatchLookup(BatchLookup batches, ReadSettings settings) {
        this.batches = batches;
        this.settings = settings;
    }

    void answer(Exchange exchange, Snapshot snapshot, byte[] body) {
        BatchLookup.requireJson(exchange);
        exchange.out().raw("{\"results\":[");
        int keys = 0;
        char before = ' ';
        for (Part part : parse(body)) {
            exchange.out().raw(before).raw("{\"dataset\":").string(part.dataset).raw(',');
            keys += lookUp(exchange, snapshot, part, body, keys);
            exchange.out().raw('}');
            before = ',';
        }
        exchange.out().raw("]}");
        exchange.replyJson(settings.compressBytes());
    }

    /** Looks the keys of one dataset up; their number. */
    private int lookUp(Exchange exchange, Snapshot snapshot, Part part, byte[] body, int before) {
        OpenVersion version = ReadTarget.version(snapshot, part.dataset, part.version);
        BatchKeys keys = exchange.keys();
        try {
            JsonBody.read(body, part.keysAt, FORM, json -> {
                json.nextToken();
                keys.parse(json, version.keys(), settings, before);
            });
            batches.lookUp(exchange, version, RecordLookup.plan(version, part.fields));
        } catch (ProblemException e) {
            throw new ProblemException(e.type(), "dataset '" + part.dataset + "': " + e.getMessage());
        }
        return keys.count();
    }

    /** Finds the parts; their keys are read later, when the dataset is known that they are keys of. */
    private List<Part> parse(byte[] body) {
        List<Part> parts = new ArrayList<>();
        JsonBody.read(body, 0, FORM, json -> {
            boolean[] found = new boolean[1];
            json.nextToken();
            JsonBody.object(json, FORM, (name, value) -> {
                if (!name.equals("datasets")) {
                    throw JsonBody.unknown(name, FORM);
                }
                JsonBody.requireFirst(!found[0], name, FORM);
                JsonBody.require(value.currentToken() == JsonToken.START_ARRAY, name, "an array", FORM);
                while (value.nextToken() != JsonToken.END_ARRAY) {
                    parts.add(new Part(value));
                    checkCount(parts.size());
                }
                found[0] = true;
            });
            JsonBody.require(found[0], "datasets", "there", FORM);
            JsonBody.end(json, FORM);
        });
        return parts;
    }

    private void checkCount(int count) {
        if (count > settings.batchKeys()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_KEYS,
                    "The request names more datasets than the limit of " + settings.batchKeys()
                            + " keys (batch.keys). Send several requests, with versions.");
        }
    }

    /** What is asked for of one dataset. */
    private static final class Part {
        private String dataset = "";
        private long version;
        private Optional<String> fields = Optional.empty();
        private int keysAt;

        Part(JsonParser json) throws IOException {
            JsonBody.object(json, FORM, this::read);
            JsonBody.require(!dataset.isEmpty(), "dataset", "there", FORM);
            JsonBody.require(keysAt > 0, "keys", "there", FORM);
        }

        private void read(String name, JsonParser value) throws IOException {
            JsonToken token = value.currentToken();
            switch (name) {
                case "dataset" -> {
                    JsonBody.requireFirst(dataset.isEmpty(), name, FORM);
                    JsonBody.require(token == JsonToken.VALUE_STRING, name, "a string", FORM);
                    dataset = value.getText();
                }
                case "version" -> {
                    JsonBody.requireFirst(version == 0, name, FORM);
                    JsonBody.require(isVersion(value), name, "the number of a version", FORM);
                    version = value.getLongValue();
                }
                case "fields" -> {
                    JsonBody.requireFirst(fields.isEmpty(), name, FORM);
                    JsonBody.require(token == JsonToken.VALUE_STRING, name, "a string such as \"a,b.c\"", FORM);
                    fields = Optional.of(value.getText());
                }
                case "keys" -> {
                    JsonBody.requireFirst(keysAt == 0, name, FORM);
                    JsonBody.require(token == JsonToken.START_ARRAY, name, "an array", FORM);
                    keysAt = (int) value.currentTokenLocation().getByteOffset();
                    value.skipChildren();
                }
                default -> throw JsonBody.unknown(name, FORM);
            }
        }

        private static boolean isVersion(JsonParser value) throws IOException {
            return value.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && value.getLongValue() > 0;
        }
    }
}
