package io.slipway.serving.http;

import io.slipway.model.value.JsonBytes;
import io.slipway.serving.access.AccessEntry;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.connection.ErrorReplies;
import io.slipway.serving.metrics.LookupKind;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.Snapshots;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Makes problem documents of the errors that Jetty finds before a handler sees the request, and counts them. Thread-safe. */
final class LookupErrors extends ErrorReplies {

    private final Snapshots snapshots;
    private final LookupMetrics metrics;
    private final AccessLog accessLog;

    LookupErrors(Snapshots snapshots, LookupMetrics metrics, AccessLog accessLog) {
        this.snapshots = snapshots;
        this.metrics = metrics;
        this.accessLog = accessLog;
        for (ProblemType type : ProblemType.values()) {
            metrics.expectProblem(type.slug());
        }
    }

    @Override
    protected ByteBuffer reply(Request request, Response response) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemJson.CONTENT_TYPE);
        try (Snapshot snapshot = snapshots.pin()) {
            response.getHeaders().put(Exchange.CATALOG.of(snapshot.sequence()));
        }
        ByteBuffer document = document(status);
        count(request, status, document.remaining());
        return document;
    }

    private void count(Request request, int status, int bytes) {
        long nanos = System.nanoTime() - request.getHeadersNanoTime();
        metrics.begun();
        metrics.others().replied(LookupKind.OTHER, status, nanos);
        metrics.problem(ProblemType.ofStatus(status).slug());
        if (accessLog.isOn()) {
            accessLog.add(AccessEntry.ofNothing(accessLog.now(), AccessEntry.Sent.by(request), status, bytes, nanos));
        }
    }

    private static ByteBuffer document(int status) {
        ProblemType type = ProblemType.ofStatus(status);
        JsonBytes out = new JsonBytes();
        ProblemJson.write(type, status, detail(type), Optional.empty(), 0, out);
        return ByteBuffer.wrap(out.array(), 0, out.length());
    }

    private static String detail(ProblemType type) {
        return switch (type) {
            case URI_TOO_LONG ->
                "The address is longer than the limit of " + LookupServer.MAX_HEADER_BYTES
                        + " bytes for an address with its headers. Send a long key in the body of records:batchGet.";
            case HEADERS_TOO_LARGE ->
                "Address and headers are longer than the limit of " + LookupServer.MAX_HEADER_BYTES
                        + " bytes. Send a long key in the body of records:batchGet.";
            case INTERNAL_ERROR -> "The node could not answer. Its log says why. Ask another node.";
            default ->
                "The request is not well-formed HTTP. Percent-encode what is not allowed in an address; give a key"
                        + " with %00 as a parameter: records?key=…";
        };
    }
}
