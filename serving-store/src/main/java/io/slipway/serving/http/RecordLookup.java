package io.slipway.serving.http;

import io.slipway.model.CorruptDataException;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.store.OpenVersion;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Answers a request for one record, whose key is in the exchange's buffer. Thread-safe. */
final class RecordLookup {

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept");
    private static final int LONGEST_KEY_SHOWN = 200;

    private final LookupMetrics metrics;

    RecordLookup(LookupMetrics metrics) {
        this.metrics = metrics;
    }

    void answer(Exchange exchange, OpenVersion version) {
        Representation representation = Representation.of(exchange.request().getHeaders());
        int length = find(exchange, version);
        exchange.header(VARY);
        if (length == OpenVersion.NOT_FOUND) {
            metrics.miss();
            exchange.reply(ProblemType.KEY_NOT_FOUND, notFound(exchange, version));
            return;
        }
        metrics.hit();
        String tag = EntityTag.of(version.valueHash(exchange.value(), 0, length), representation);
        boolean isKnown = EntityTag.matches(exchange.request().getHeaders(), tag);
        if (!isKnown && representation == Representation.JSON) {
            writeJson(exchange, version, length);
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

    /** Looks the exchange's key up. */
    static int find(Exchange exchange, OpenVersion version) {
        try {
            return exchange.lookUp(version);
        } catch (CorruptDataException e) {
            throw new ProblemException(
                    ProblemType.VERSION_DAMAGED,
                    "This node's copy of " + version
                            + " is damaged, and is being fetched again. Try again, or ask another node.");
        }
    }

    /** Appends the JSON of the exchange's value. */
    static void writeJson(Exchange exchange, OpenVersion version, int length) {
        try {
            version.json().write(exchange.value(), 0, length, exchange.out());
        } catch (CorruptDataException e) {
            version.reportUnreadable(e);
            throw new ProblemException(
                    ProblemType.VALUE_UNREADABLE,
                    "The value in " + version + " is not of the version's schema: " + e.getMessage()
                            + " Publish the dataset again.");
        }
    }

    private static String notFound(Exchange exchange, OpenVersion version) {
        byte[] key =
                java.util.Arrays.copyOf(exchange.key().array(), exchange.key().length());
        String shown = version.keys().describe(key);
        String shortened = shown.length() <= LONGEST_KEY_SHOWN ? shown : shown.substring(0, LONGEST_KEY_SHOWN) + "…";
        return "There is no record with the key '" + shortened + "' in " + version + ".";
    }
}
