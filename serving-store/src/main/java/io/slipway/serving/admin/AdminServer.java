package io.slipway.serving.admin;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.GarbageCollectorMetricSet;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import com.codahale.metrics.jvm.ThreadStatesGaugeSet;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.jackson.JacksonFeature;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.slipway.model.UnavailableException;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.QuietLogs;
import io.slipway.serving.ServingNode;
import io.slipway.serving.connection.SerialConnections;
import io.slipway.serving.connection.SlowClients;
import io.slipway.serving.metrics.LookupMetrics;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server of the admin port: {@code /healthz}, {@code /readyz}, {@code /metrics} and {@code /v1/node} of a node, and
 * whatever resources the caller adds. Thread-safe.
 */
public final class AdminServer implements AutoCloseable {

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;
    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 16;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_BODY_BYTES = 64 << 10;

    private final Server server;
    private final ServerConnector connector;
    private final PrometheusRegistry registry;

    private AdminServer(
            NodeSettings settings, Environment environment, PrometheusRegistry registry, InstantSource clock) {
        this.registry = registry;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("slipway-admin");
        threads.setDaemon(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        server = new Server(threads);
        connector = new ServerConnector(
                server,
                ACCEPTORS,
                SELECTORS,
                settings.security().protocols(new SerialConnections(http), clock.instant()));
        connector.setHost(settings.adminBindAddress());
        connector.setPort(settings.adminPort());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        SlowClients.watch(connector, settings.reads().time());
        server.addConnector(connector);
        server.setErrorHandler(new AdminErrors());
        ServletContextHandler context = environment.getApplicationContext();
        context.addServlet(new ServletHolder(environment.getJerseyServletContainer()), "/*");
        context.setErrorHandler(new AdminErrors());
        // Bodies are read without a thread that waits for them, and before a resource is asked.
        EagerContentHandler eager = new EagerContentHandler(
                context, new EagerContentHandler.RetainedContentLoaderFactory(MAX_BODY_BYTES, 0, true));
        server.setHandler(new AdminGuard(
                eager, settings.security().check(), settings.reads().time()));
    }

    /**
     * Starts a server.
     *
     * @param node whose health and status it shows
     * @param lookups the counts of the node's lookup server
     * @param resources further Jersey resources, such as a controller's; what they throw becomes a problem document
     * @param clock the time when the certificate has to be valid
     * @throws UnavailableException if the port cannot be had
     * @throws io.slipway.model.InvalidInputException if certificate, key or tokens are not as they should be, or anybody on
     *     other machines could operate the node
     */
    public static AdminServer start(
            NodeSettings settings,
            ServingNode node,
            LookupMetrics lookups,
            List<Object> resources,
            InstantSource clock) {
        settings.security().requireClosedAdministration(settings.adminBindAddress());
        QuietLogs.quiet();
        Environment environment = new Environment("slipway-admin");
        environment.jersey().register(new JacksonFeature(environment.getObjectMapper()));
        environment.jersey().register(new ProblemMapper());
        environment.jersey().register(new HealthResource(node));
        environment.jersey().register(new NodeResource(node));
        PrometheusRegistry registry = registry(environment.metrics(), node, lookups);
        environment.jersey().register(new MetricsResource(registry));
        resources.forEach(environment.jersey()::register);
        AdminServer admin = new AdminServer(settings, environment, registry, clock);
        try {
            admin.server.start();
            return admin;
        } catch (Exception e) {
            admin.close();
            throw new UnavailableException(
                    "The admin port " + settings.adminBindAddress() + ":" + settings.adminPort()
                            + " cannot be had: " + e.getMessage()
                            + ". Stop what uses it, or name another with --admin-port.",
                    e);
        }
    }

    private static PrometheusRegistry registry(MetricRegistry jvm, ServingNode node, LookupMetrics lookups) {
        jvm.register("jvm.memory", new MemoryUsageGaugeSet());
        jvm.register("jvm.gc", new GarbageCollectorMetricSet());
        jvm.register("jvm.threads", new ThreadStatesGaugeSet());
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new LookupCollector(lookups, node.snapshots()));
        registry.register(new DatasetCollector(node));
        registry.register(new StagingCollector(node.figures(), node.snapshots()));
        registry.register(new NodeCollector(node));
        // Names that end so collide with the suffix that the format gives to counters.
        DropwizardExports.builder()
                .dropwizardRegistry(jvm)
                .metricFilter((name, metric) -> !name.endsWith(".total"))
                .register(registry);
        return registry;
    }

    /** Shows somebody else's metrics, such as a controller's, as well. */
    public void show(MultiCollector metrics) {
        registry.register(metrics);
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops it. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The admin server cannot be stopped", e);
        }
    }
}
