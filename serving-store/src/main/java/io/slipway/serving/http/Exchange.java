package io.slipway.serving.http;

import io.slipway.model.value.JsonBytes;
import io.slipway.serving.access.AccessEntry;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.connection.RequestBody;
import io.slipway.serving.metrics.DatasetLookups;
import io.slipway.serving.metrics.LookupKind;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One request and the reply to it, with the buffers that both are made in. It is used again for the next request on a
 * thread once the reply is written; until then its buffers belong to the network. Used by one thread at a time.
 */
final class Exchange implements Callback {

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField AVRO = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "avro/binary");
    private static final HttpField RETRY_AFTER = new PreEncodedHttpField(HttpHeader.RETRY_AFTER, "1");
    private static final HttpField PROBLEM = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
    /** Which catalog a reply is made from. */
    static final NumberField CATALOG = new NumberField(CatalogHeader.NAME);

    private static final NumberField VERSION = new NumberField("Slipway-Version");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Larger buffers are not kept for the next request. */
    private static final int KEPT_BYTES = 1 << 20;

    private final Exchanges pool;
    private final LookupMetrics metrics;
    private final AccessLog accessLog;
    private final Duration time;
    private final KeyBuffer key = new KeyBuffer();
    private final BatchKeys keys = new BatchKeys();
    private final JsonBytes out = new JsonBytes(4096);
    private byte[] value = new byte[4096];

    private Request request;
    private Response response;
    private Callback callback;
    private Optional<Semaphore> permit;
    private boolean catalogAwaited;
    private LookupKind kind;
    private DatasetLookups counts;
    private long catalog;
    private String dataset;
    private long version;
    private int status;
    private int bytes;
    private boolean isBodyUnread;

    /** An exchange; {@code time} is how long its request may take to arrive. */
    Exchange(Exchanges pool, LookupMetrics metrics, AccessLog accessLog, Duration time) {
        this.pool = pool;
        this.time = time;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.counts = metrics.others();
    }

    void begin(Request received, Response reply, Callback completed) {
        request = received;
        response = reply;
        callback = completed;
        permit = Optional.empty();
        catalogAwaited = false;
        kind = LookupKind.OTHER;
        counts = metrics.others();
        catalog = 0;
        dataset = null;
        version = 0;
        status = 0;
        bytes = 0;
        isBodyUnread = RequestBody.isIn(received);
        out.reset();
        metrics.begun();
    }

    Request request() {
        return request;
    }

    KeyBuffer key() {
        return key;
    }

    /** The keys of a batch get. */
    BatchKeys keys() {
        return keys;
    }

    /** Where the body of the reply is made. */
    JsonBytes out() {
        return out;
    }

    /** The value that was looked up last. */
    byte[] value() {
        return value;
    }

    /** Takes a permit that others wait for, unless it has it already; it is given back once the reply is written. */
    boolean admit(Semaphore permits) {
        if (permit.isEmpty() && permits.tryAcquire()) {
            permit = Optional.of(permits);
        }
        return permit.isPresent();
    }

    /** Whether this is the first time that it has to wait for a later catalog. */
    boolean awaitsCatalogFirst() {
        boolean first = !catalogAwaited;
        catalogAwaited = true;
        return first;
    }

    /**
     * Reads the body of the request; nothing else is done with the exchange until it is told.
     *
     * @param maxBytes how large it may be
     * @param then is told, in this thread or another
     */
    void readBody(int maxBytes, Consumer<RequestBody> then) {
        isBodyUnread = false;
        RequestBody.read(request, maxBytes, timeLeft(), body -> {
            body.announceEnd(response);
            then.accept(body);
        });
    }

    /** How long the request has taken, from its headers. */
    long nanos() {
        return System.nanoTime() - request.getHeadersNanoTime();
    }

    /** Says what the request is about, for metrics. */
    void kind(LookupKind what) {
        kind = what;
    }

    /** Says which catalog the reply is made from. */
    void catalog(long sequence) {
        catalog = sequence;
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(CATALOG.of(sequence));
    }

    /** Says which dataset the reply is about, and is counted for. */
    void about(ServedDataset served) {
        dataset = served.name().value();
        counts = metrics.of(served.name());
    }

    /** Says which version the reply is about. */
    void about(OpenVersion answering) {
        version = answering.id().number();
        response.getHeaders().put(VERSION.of(version));
    }

    /** Counts keys of the dataset that the reply is about. */
    void lookedUp(int found, int missing) {
        counts.lookedUp(kind, found, missing);
    }

    /** Counts keys of one of several datasets. */
    void lookedUp(OpenVersion in, int found, int missing) {
        metrics.of(in.id().dataset()).lookedUp(kind, found, missing);
    }

    /** Looks the key in the buffer up; the size of the value, or {@link OpenVersion#NOT_FOUND}. */
    int lookUp(OpenVersion from) {
        return lookUp(from, key.array(), 0, key.length());
    }

    /** The same for a range of an array. */
    int lookUp(OpenVersion from, byte[] array, int offset, int keyLength) {
        while (true) {
            int length = from.get(array, offset, keyLength, value);
            if (length <= value.length) {
                return length;
            }
            value = new byte[length];
        }
    }

    /** As {@link #lookUp}, or {@link OpenVersion#NOT_CACHED}. */
    int lookUpCached(OpenVersion from) {
        while (true) {
            int length = from.getCached(key.array(), 0, key.length(), value);
            if (length <= value.length) {
                return length;
            }
            value = new byte[length];
        }
    }

    /** Whether the reply is on its way, so that nothing can be changed any more. */
    boolean isReplied() {
        return status != 0;
    }

    /** Adds a header to the reply. */
    void header(HttpField field) {
        response.getHeaders().put(field);
    }

    /** Replies with what is in {@link #out}. */
    void replyJson() {
        reply(200, JSON);
    }

    /**
     * Replies with what is in {@link #out}, compressed if it is large and the client accepts that.
     *
     * @param compressBytes what is large
     */
    void replyJson(int compressBytes) {
        if (out.length() < compressBytes) {
            replyJson();
            return;
        }
        response.getHeaders().put(Compression.VARY);
        if (!Compression.isAccepted(request.getHeaders())) {
            replyJson();
            return;
        }
        response.getHeaders().put(Compression.GZIP).put(JSON);
        write(200, Compression.compress(out.array(), out.length()));
    }

    /** Replies with the first bytes of the value. */
    void replyAvro(int length) {
        response.getHeaders().put(AVRO);
        write(200, ByteBuffer.wrap(value, 0, length));
    }

    /** Replies that the reader's copy is still good. */
    void replyNotModified() {
        write(304, NOTHING);
    }

    /** Replies with a problem document; what is in {@link #out} is lost. */
    void reply(ProblemType type, String detail) {
        out.reset();
        metrics.problem(type.slug());
        if (type.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
            response.getHeaders().put(RETRY_AFTER);
        }
        ProblemJson.write(type, type.status(), detail, Optional.ofNullable(dataset), version, out);
        reply(type.status(), PROBLEM);
    }

    private void reply(int code, HttpField contentType) {
        response.getHeaders().put(contentType);
        write(code, ByteBuffer.wrap(out.array(), 0, out.length()));
    }

    private void write(int code, ByteBuffer body) {
        status = code;
        bytes = body.remaining();
        response.setStatus(code);
        if (isBodyUnread) {
            isBodyUnread = false;
            RequestBody.drop(request, timeLeft(), dropped -> {
                dropped.announceEnd(response);
                response.write(true, body, this);
            });
        } else {
            response.write(true, body, this);
        }
    }

    private Duration timeLeft() {
        return time.minusNanos(nanos());
    }

    @Override
    public void succeeded() {
        Callback completed = done();
        if (value.length <= KEPT_BYTES && out.array().length <= KEPT_BYTES && keys.isSmall(KEPT_BYTES)) {
            pool.give(this);
        }
        completed.succeeded();
    }

    /** The buffers are not used again: the network may not be done with them. */
    @Override
    public void failed(Throwable failure) {
        Callback completed = done();
        completed.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private AccessEntry entry(long nanos) {
        String about = dataset == null ? "" : dataset;
        return new AccessEntry(
                accessLog.now(), AccessEntry.Sent.by(request), about, kind, status, bytes, nanos, version, catalog);
    }

    /** Gives what is to be told that the reply is written, or cannot be. */
    private Callback done() {
        long nanos = nanos();
        counts.replied(kind, status, nanos);
        if (accessLog.isOn()) {
            accessLog.add(entry(nanos));
        }
        Callback completed = callback;
        permit.ifPresent(Semaphore::release);
        request = null;
        response = null;
        callback = null;
        return completed;
    }
}
