package io.slipway.serving.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.Snapshots;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the path of a request apart and answers from one pinned snapshot. The pin ends when the reply is handed to the
 * network, in buffers of its own, so a slow reader never keeps a version open. Thread-safe.
 *
 * <p>The path is taken as it was sent: Jetty's idea of it, with escapes decoded and dots resolved, is not used, because
 * a key may hold any of these. A key is all of the path after {@code /records/}.
 */
final class LookupHandler extends Handler.Abstract.NonBlocking {

    private static final Logger LOG = LoggerFactory.getLogger(LookupHandler.class);
    private static final String DATASETS = "/v1/datasets";
    private static final String RECORDS = "/records";
    private static final String BATCH_GET = "/records:batchGet";
    private static final long DROPPED_BYTES = 16 << 20;

    private final Snapshots snapshots;
    private final NodeSettings settings;
    private final Exchanges exchanges;
    private final RecordLookup records;
    private final BatchLookup batches;

    LookupHandler(Snapshots snapshots, NodeSettings settings, LookupMetrics metrics) {
        this.snapshots = snapshots;
        this.settings = settings;
        this.exchanges = new Exchanges(metrics);
        this.records = new RecordLookup(metrics);
        this.batches = new BatchLookup(metrics);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = exchanges.take();
        exchange.begin(request, response, callback);
        String path = request.getHttpURI().getPath();
        if (path != null && path.endsWith(BATCH_GET) && request.getMethod().equals("POST")) {
            readBody(exchange, path);
        } else {
            answer(exchange, snapshot -> route(exchange, snapshot, path == null ? "" : path));
        }
        return true;
    }

    /** Answers from one snapshot; whatever goes wrong becomes a problem document. */
    private void answer(Exchange exchange, Answer answer) {
        try (Snapshot snapshot = snapshots.pin()) {
            exchange.catalog(snapshot.sequence());
            try {
                answer.from(snapshot);
            } catch (ProblemException e) {
                exchange.reply(e.type(), e.getMessage());
            } catch (RuntimeException e) {
                if (exchange.isReplied()) {
                    throw e;
                }
                LOG.warn("A request failed: {}", exchange.request(), e);
                exchange.reply(
                        ProblemType.INTERNAL_ERROR, "The node could not answer. Its log says why. Ask another node.");
            }
        }
    }

    private void route(Exchange exchange, Snapshot snapshot, String path) {
        if (!path.startsWith(DATASETS) || exchange.request().getHttpURI().getFragment() != null) {
            throw noSuchResource();
        }
        int at = DATASETS.length();
        if (at == path.length()) {
            list(exchange, snapshot);
            return;
        }
        if (path.charAt(at) != '/') {
            throw noSuchResource();
        }
        int nameEnd = path.indexOf('/', at + 1);
        if (nameEnd < 0) {
            describe(exchange, snapshot, path.substring(at + 1));
        } else if (path.startsWith(RECORDS, nameEnd)) {
            routeRecords(exchange, snapshot, path, path.substring(at + 1, nameEnd), nameEnd + RECORDS.length());
        } else {
            throw noSuchResource();
        }
    }

    private void routeRecords(Exchange exchange, Snapshot snapshot, String path, String dataset, int at) {
        if (at == path.length()) {
            requireRead(exchange);
            exchange.kind(LookupMetrics.Kind.RECORD);
            ServedDataset served = dataset(exchange, snapshot, dataset);
            Query query = query(exchange);
            OpenVersion version = version(exchange, served, query);
            exchange.key().encode(query.keys(), version.keys());
            records.answer(exchange, version);
        } else if (path.charAt(at) == '/') {
            requireRead(exchange);
            exchange.kind(LookupMetrics.Kind.RECORD);
            ServedDataset served = dataset(exchange, snapshot, dataset);
            OpenVersion version = version(exchange, served, query(exchange).withoutKeys());
            exchange.key().encodePath(path, at + 1, version);
            records.answer(exchange, version);
        } else if (path.endsWith(BATCH_GET) && path.length() == at - RECORDS.length() + BATCH_GET.length()) {
            dataset(exchange, snapshot, dataset);
            throw methodNotAllowed(exchange, "POST");
        } else {
            throw noSuchResource();
        }
    }

    private void list(Exchange exchange, Snapshot snapshot) {
        requireRead(exchange);
        exchange.kind(LookupMetrics.Kind.DATASET);
        ObjectNode list = DatasetReplies.list(snapshot);
        exchange.out().raw(list.toString());
        exchange.replyJson();
    }

    private void describe(Exchange exchange, Snapshot snapshot, String name) {
        requireRead(exchange);
        exchange.kind(LookupMetrics.Kind.DATASET);
        ServedDataset dataset = dataset(exchange, snapshot, name);
        OpenVersion version = version(exchange, dataset, query(exchange).withoutKeys());
        exchange.out().raw(DatasetReplies.describe(dataset, version).toString());
        exchange.replyJson();
    }

    /** Reads the body of a batch get without blocking, then answers. */
    private void readBody(Exchange exchange, String path) {
        exchange.kind(LookupMetrics.Kind.BATCH);
        Request request = exchange.request();
        if (request.getLength() > settings.maxBodyBytes()) {
            refuseBody(exchange, path);
            return;
        }
        Content.Source.asByteArrayAsync(
                request,
                settings.maxBodyBytes(),
                Promise.Invocable.from(
                        InvocationType.NON_BLOCKING,
                        (byte[] body, Throwable failure) -> answer(
                                exchange, snapshot -> batch(exchange, snapshot, path, Optional.ofNullable(body)))));
    }

    /**
     * Answers a request whose body is too large. Most clients send all of it before they look at the reply, and would see
     * a broken connection instead of one, so what is not absurdly large is read and dropped first.
     */
    private void refuseBody(Exchange exchange, String path) {
        Runnable refusal = () -> answer(exchange, snapshot -> batch(exchange, snapshot, path, Optional.empty()));
        Request request = exchange.request();
        if (request.getLength() > DROPPED_BYTES) {
            refusal.run();
        } else {
            Content.Source.consumeAll(
                    request, Callback.from(InvocationType.NON_BLOCKING, refusal, failure -> refusal.run()));
        }
    }

    private void batch(Exchange exchange, Snapshot snapshot, String path, Optional<byte[]> body) {
        int nameEnd = path.length() - BATCH_GET.length();
        if (!path.startsWith(DATASETS + "/") || path.indexOf('/', DATASETS.length() + 1) != nameEnd) {
            throw noSuchResource();
        }
        ServedDataset dataset = dataset(exchange, snapshot, path.substring(DATASETS.length() + 1, nameEnd));
        OpenVersion version = version(exchange, dataset, query(exchange).withoutKeys());
        if (body.isEmpty()) {
            throw new ProblemException(
                    ProblemType.BODY_TOO_LARGE,
                    "The body is larger than the limit of " + settings.maxBodyBytes()
                            + " bytes, or ended early. Send several requests, with ?version= to read one version.");
        }
        batches.answer(exchange, version, BatchRequest.parse(body.get(), settings.maxBatchKeys()));
    }

    private static Query query(Exchange exchange) {
        return Query.parse(exchange.request().getHttpURI().getQuery());
    }

    private static ServedDataset dataset(Exchange exchange, Snapshot snapshot, String name) {
        ServedDataset dataset = snapshot.datasets().get(name);
        if (dataset == null) {
            throw new ProblemException(
                    ProblemType.DATASET_NOT_FOUND,
                    "There is no dataset '" + name + "' on this node. See " + DATASETS + " for those there are.");
        }
        exchange.about(name);
        dataset.current().ifPresent(exchange::about);
        return dataset;
    }

    private static OpenVersion version(Exchange exchange, ServedDataset dataset, Query query) {
        if (query.version() != 0) {
            OpenVersion pinned = dataset.version(query.version())
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.VERSION_GONE,
                            "Version " + query.version() + " of " + dataset.name() + " cannot be read (readable: "
                                    + dataset.readable().keySet() + "). Read one of these, or without ?version=."));
            exchange.about(pinned);
            return pinned;
        }
        return dataset.current()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NO_CURRENT_VERSION,
                        "The dataset " + dataset.name()
                                + " has no current version on this node yet. Try again once one is swapped in."));
    }

    private static void requireRead(Exchange exchange) {
        String method = exchange.request().getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw methodNotAllowed(exchange, "GET, HEAD");
        }
    }

    private static ProblemException methodNotAllowed(Exchange exchange, String allowed) {
        exchange.header(new HttpField(HttpHeader.ALLOW, allowed));
        return new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED,
                "The method " + exchange.request().getMethod() + " is not possible here. Use " + allowed + ".");
    }

    private static ProblemException noSuchResource() {
        return new ProblemException(
                ProblemType.NO_SUCH_RESOURCE,
                "There is nothing at this address. Records are at " + DATASETS + "/{dataset}/records/{key}.");
    }

    @FunctionalInterface
    private interface Answer {
        void from(Snapshot snapshot);
    }
}
