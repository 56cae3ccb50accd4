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
import io.slipway.serving.metrics.LookupMetrics;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
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

    private final Server server;
    private final ServerConnector connector;
    private final PrometheusRegistry registry;

    private AdminServer(NodeSettings settings, Environment environment, PrometheusRegistry registry) {
        this.registry = registry;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("slipway-admin");
        threads.setDaemon(true);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        server = new Server(threads);
        connector = new ServerConnector(server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
        connector.setHost(settings.adminBindAddress());
        connector.setPort(settings.adminPort());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        server.addConnector(connector);
        ServletContextHandler context = environment.getApplicationContext();
        context.addServlet(new ServletHolder(environment.getJerseyServletContainer()), "/*");
        server.setHandler(context);
    }

    /**
     * Starts a server.
     *
     * @param node whose health and status it shows
     * @param lookups the counts of the node's lookup server
     * @param resources further Jersey resources, such as a controller's; what they throw becomes a problem document
     * @throws UnavailableException if the port cannot be had
     */
    public static AdminServer start(
            NodeSettings settings, ServingNode node, LookupMetrics lookups, List<Object> resources) {
        QuietLogs.quiet();
        Environment environment = new Environment("slipway-admin");
        environment.jersey().register(new JacksonFeature(environment.getObjectMapper()));
        environment.jersey().register(new ProblemMapper());
        environment.jersey().register(new HealthResource(node));
        environment.jersey().register(new NodeResource(node));
        PrometheusRegistry registry = registry(environment.metrics(), node, lookups);
        environment.jersey().register(new MetricsResource(registry));
        resources.forEach(environment.jersey()::register);
        AdminServer admin = new AdminServer(settings, environment, registry);
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
