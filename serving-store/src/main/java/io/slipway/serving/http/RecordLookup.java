package io.slipway.serving.http;

import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.CorruptDataException;
import io.slipway.model.InvalidInputException;
import io.slipway.model.value.ValueJson;
import io.slipway.serving.ReadSettings;
import io.slipway.serving.http.Query.Parameter;
import io.slipway.serving.store.OpenVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Answers a request for one record, whose key is in the exchange's buffer. Thread-safe. */
final class RecordLookup {

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept");
    private static final int LONGEST_KEY_SHOWN = 200;

    private final ReadSettings settings;

    RecordLookup(ReadSettings settings) {
        this.settings = settings;
    }

    /** Answers if memory alone can; whether it did. Never waits for the disk. */
    boolean answerFromMemory(Exchange exchange, OpenVersion version, Query query) {
        return answer(exchange, version, query, exchange::lookUpCached);
    }

    /** Answers; may wait for the disk. */
    boolean answer(Exchange exchange, OpenVersion version, Query query) {
        return answer(exchange, version, query, exchange::lookUp);
    }

    private boolean answer(Exchange exchange, OpenVersion version, Query query, ToIntFunction<OpenVersion> lookUp) {
        exchange.key().requireAtMost(settings.keyBytes());
        Representation representation = Representation.of(exchange.request().getHeaders());
        Optional<String> fields = query.one(Parameter.FIELDS);
        ValueJson plan = plan(version, fields);
        if (fields.isPresent() && representation != Representation.JSON) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER,
                    "The parameter 'fields' chooses fields of JSON; avro/binary is the whole value. Leave one of them out.");
        }
        int length = find(version, lookUp);
        if (length == OpenVersion.NOT_CACHED) {
            return false;
        }
        exchange.header(VARY);
        if (length == OpenVersion.NOT_FOUND) {
            exchange.lookedUp(0, 1);
            exchange.reply(ProblemType.KEY_NOT_FOUND, notFound(exchange, version));
        } else {
            exchange.lookedUp(1, 0);
            reply(exchange, version, representation, plan, fields, length);
        }
        return true;
    }

    private static void reply(
            Exchange exchange,
            OpenVersion version,
            Representation representation,
            ValueJson plan,
            Optional<String> fields,
            int length) {
        long hash = version.valueHash(exchange.value(), 0, length)
                ^ fields.map(RecordLookup::hash).orElse(0L);
        String tag = EntityTag.of(hash, representation);
        boolean isKnown = EntityTag.matches(exchange.request().getHeaders(), tag);
        if (!isKnown && representation == Representation.JSON) {
            writeJson(exchange, version, plan, length);
        }
        exchange.header(new HttpField(HttpHeader.ETAG, tag));
        if (isKnown) {
            exchange.replyNotModified();
        } else if (representation == Representation.JSON) {
            exchange.replyJson();
        } else {
            exchange.replyAvro(length);
        }
    }

    private static long hash(String fields) {
        return Hashing.xxh3_64().hashCharsToLong(fields);
    }

    /**
     * How values are to be written.
     *
     * @param fields the fields that the request chooses, if it does
     * @throws ProblemException if they are not fields of the values
     */
    static ValueJson plan(OpenVersion version, Optional<String> fields) {
        if (fields.isEmpty()) {
            return version.json();
        }
        try {
            return version.json(fields.get());
        } catch (InvalidInputException e) {
            throw new ProblemException(ProblemType.BAD_PARAMETER, "fields: " + e.getMessage());
        }
    }

    /** Looks something up; damage becomes a problem. */
    static int find(OpenVersion version, ToIntFunction<OpenVersion> lookUp) {
        try {
            return lookUp.applyAsInt(version);
        } catch (CorruptDataException e) {
            throw damaged(version);
        }
    }

    /** The problem of a damaged copy. */
    static ProblemException damaged(OpenVersion version) {
        return new ProblemException(
                ProblemType.VERSION_DAMAGED,
                "This node's copy of " + version
                        + " is damaged, and is being fetched again. Try again, or ask another node.");
    }

    /** Appends the JSON of the exchange's value. */
    static void writeJson(Exchange exchange, OpenVersion version, ValueJson plan, int length) {
        writeJson(exchange, version, plan, exchange.value(), length);
    }

    /** Appends the JSON of a value. */
    static void writeJson(Exchange exchange, OpenVersion version, ValueJson plan, byte[] value, int length) {
        try {
            plan.write(value, 0, length, exchange.out());
        } catch (CorruptDataException e) {
            version.reportUnreadable(e);
            throw new ProblemException(
                    ProblemType.VALUE_UNREADABLE,
                    "The value in " + version + " is not of the version's schema: " + e.getMessage()
                            + " Publish the dataset again.");
        }
    }

    private static String notFound(Exchange exchange, OpenVersion version) {
        byte[] key = Arrays.copyOf(exchange.key().array(), exchange.key().length());
        String shown = version.keys().describe(key);
        String shortened = shown.length() <= LONGEST_KEY_SHOWN ? shown : shown.substring(0, LONGEST_KEY_SHOWN) + "…";
        return "There is no record with the key '" + shortened + "' in " + version + ".";
    }
}
