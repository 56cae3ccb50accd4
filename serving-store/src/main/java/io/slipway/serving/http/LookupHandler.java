package io.slipway.serving.http;

import io.slipway.serving.ReadSettings;
import io.slipway.serving.ServingNode;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.http.Query.Parameter;
import io.slipway.serving.metrics.LookupKind;
import io.slipway.serving.metrics.LookupMetrics;
import io.slipway.serving.security.Access;
import io.slipway.serving.security.Role;
import io.slipway.serving.security.TokenCheck;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives each request to what answers its kind. The snapshot that an answer is made from is let go when the reply is handed
 * to the network, in buffers of its own, so a slow reader never keeps a version open. Thread-safe.
 */
final class LookupHandler extends Handler.Abstract.NonBlocking {

    private static final Set<Parameter> NO_PARAMETERS = Set.of();
    private static final Set<Parameter> VERSION = EnumSet.of(Parameter.VERSION);
    private static final Set<Parameter> VERSION_FIELDS = EnumSet.of(Parameter.VERSION, Parameter.FIELDS);
    private static final Set<Parameter> ALL = EnumSet.allOf(Parameter.class);

    private final Exchanges exchanges;
    private final Answers answers;
    private final Bodies bodies;
    private final RecordLookup records;
    private final BatchLookup batches;
    private final MultiBatchLookup multiBatches;
    private final ScanLookup scans;
    private final Optional<TokenCheck> tokens;

    LookupHandler(
            ServingNode node,
            ReadSettings settings,
            LookupMetrics metrics,
            AccessLog accessLog,
            Optional<TokenCheck> tokens) {
        this.exchanges = new Exchanges(metrics, accessLog, settings.time());
        this.answers = new Answers(node, settings);
        this.bodies = new Bodies(settings, answers);
        this.records = new RecordLookup(settings);
        this.batches = new BatchLookup(answers, settings);
        this.multiBatches = new MultiBatchLookup(batches, settings);
        this.scans = new ScanLookup(answers, settings);
        this.tokens = tokens;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = exchanges.take();
        exchange.begin(request, response, callback);
        if (tokens.isEmpty() || mayRead(exchange, tokens.get())) {
            answers.here(exchange, snapshot -> answer(exchange, snapshot));
        }
        return true;
    }

    /** Whether the request's token lets it read; if not, it is refused. */
    private static boolean mayRead(Exchange exchange, TokenCheck check) {
        Access access = check.check(exchange.request().getHeaders(), Role.READER);
        if (access instanceof Access.Refused refused) {
            exchange.header(
                    new HttpField(HttpHeader.WWW_AUTHENTICATE, refused.why().challenge()));
            exchange.reply(ProblemType.UNAUTHORIZED, refused.why().detail());
            return false;
        }
        return true;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        answers.close();
    }

    private void answer(Exchange exchange, Snapshot snapshot) {
        Address address = Address.of(exchange.request().getHttpURI());
        exchange.kind(address.resource().kind());
        switch (address.resource()) {
            case DATASETS -> list(exchange, snapshot);
            case DATASET -> describe(exchange, snapshot, address);
            case RECORD, RECORDS -> record(exchange, snapshot, address, records::answerFromMemory);
            case BATCH_GET -> batch(exchange, snapshot, address);
            case MULTI_BATCH_GET -> multiBatch(exchange);
        }
    }

    private static void list(Exchange exchange, Snapshot snapshot) {
        requireRead(exchange);
        query(exchange, NO_PARAMETERS);
        Representation.requireJson(exchange.request().getHeaders(), DatasetReplies.ONLY_JSON);
        exchange.out().raw(DatasetReplies.list(snapshot).toString());
        exchange.replyJson();
    }

    private static void describe(Exchange exchange, Snapshot snapshot, Address address) {
        ServedDataset dataset = ReadTarget.dataset(exchange, snapshot, address.dataset());
        requireRead(exchange);
        OpenVersion version =
                ReadTarget.version(exchange, dataset, query(exchange, VERSION).version());
        Representation.requireJson(exchange.request().getHeaders(), DatasetReplies.ONLY_JSON);
        exchange.out().raw(DatasetReplies.describe(dataset, version).toString());
        exchange.replyJson();
    }

    private void record(Exchange exchange, Snapshot snapshot, Address address, Lookup lookup) {
        ServedDataset dataset = ReadTarget.dataset(exchange, snapshot, address.dataset());
        requireRead(exchange);
        boolean inPath = address.resource() == Address.Resource.RECORD;
        Query query = query(exchange, inPath ? VERSION_FIELDS : ALL);
        if (!inPath && !query.has(Parameter.KEY)) {
            exchange.kind(LookupKind.SCAN);
            answers.elsewhere(exchange, later -> scans.answer(exchange, later, address, query));
            return;
        }
        OpenVersion version = ReadTarget.version(exchange, dataset, query.version());
        if (inPath) {
            exchange.key().encodePath(address.path(), address.keyAt(), version);
        } else {
            query.requireNoScan();
            exchange.key().encode(query.all(Parameter.KEY), version.keys());
        }
        if (!lookup.answer(exchange, version, query)) {
            answers.elsewhere(exchange, later -> record(exchange, later, address, records::answer));
        }
    }

    /** Answers a lookup, if it can; whether it did. */
    @FunctionalInterface
    private interface Lookup {
        boolean answer(Exchange exchange, OpenVersion version, Query query);
    }

    private void batch(Exchange exchange, Snapshot snapshot, Address address) {
        ReadTarget.dataset(exchange, snapshot, address.dataset());
        requirePost(exchange);
        answers.admit(exchange);
        Query query = query(exchange, VERSION_FIELDS);
        bodies.read(exchange, body -> later -> batches.answer(exchange, later, address, query, body));
    }

    private void multiBatch(Exchange exchange) {
        requirePost(exchange);
        answers.admit(exchange);
        query(exchange, NO_PARAMETERS);
        bodies.read(exchange, body -> later -> multiBatches.answer(exchange, later, body));
    }

    private static Query query(Exchange exchange, Set<Parameter> allowed) {
        return Query.parse(exchange.request().getHttpURI().getQuery(), allowed);
    }

    private static void requireRead(Exchange exchange) {
        String method = exchange.request().getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw methodNotAllowed(exchange, "GET, HEAD");
        }
    }

    private static void requirePost(Exchange exchange) {
        if (!exchange.request().getMethod().equals("POST")) {
            throw methodNotAllowed(exchange, "POST");
        }
    }

    private static ProblemException methodNotAllowed(Exchange exchange, String allowed) {
        exchange.header(new HttpField(HttpHeader.ALLOW, allowed));
        return new ProblemException(
                ProblemType.METHOD_NOT_ALLOWED,
                "The method " + exchange.request().getMethod() + " is not possible here. Use " + allowed + ".");
    }
}
