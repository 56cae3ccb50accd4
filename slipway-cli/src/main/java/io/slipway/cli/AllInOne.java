package io.slipway.cli;

import io.slipway.cli.RepositoryOption.OpenRepository;
import io.slipway.controller.Controller;
import io.slipway.controller.ControllerCollector;
import io.slipway.controller.ControllerLoop;
import io.slipway.controller.ControllerResource;
import io.slipway.controller.DiffResource;
import io.slipway.controller.LifecycleResource;
import io.slipway.controller.TopicController;
import io.slipway.kafka.KafkaVersionTopics;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.ServingNode;
import io.slipway.serving.access.AccessLog;
import io.slipway.serving.admin.AdminServer;
import io.slipway.serving.http.LookupServer;
import io.slipway.serving.metrics.LookupMetrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A node and a controller in one process, on one repository, with their two ports. The controller counts this node
 * alone. Thread-safe.
 */
final class AllInOne implements AutoCloseable {

    private static final Duration CYCLE = Duration.ofMillis(500);
    private static final String COMPARISONS = "comparisons";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final URI reads;
    private final URI admin;

    private AllInOne(Path repository, NodeSettings settings) {
        boolean started = false;
        // Before anything is opened, and a controller changes something.
        settings.security().requireClosedAdministration(settings.adminBindAddress());
        try {
            OpenRepository opened = opened(OpenRepository.of(repository));
            ServingNode node = opened(ServingNode.open(
                    settings,
                    opened.storage(),
                    opened.catalog(),
                    OpenRepository.clock(),
                    () -> UUID.randomUUID().toString()));
            Controller controller = new Controller(
                    opened.repository(),
                    opened.catalog(),
                    List.of(node),
                    OpenRepository.clock(),
                    "controller " + Operator.name());
            LookupMetrics metrics = new LookupMetrics();
            AccessLog accessLog = opened(AccessLog.open(settings.accessLog(), metrics, OpenRepository.clock()));
            LookupServer lookups =
                    opened(LookupServer.start(settings, node, metrics, accessLog, OpenRepository.clock()));
            ControllerLoop loop = opened(ControllerLoop.start(controller, CYCLE));
            Optional<TopicController> topics =
                    settings.kafka().map(cluster -> followTopics(cluster, opened, loop, node));
            ControllerResource resource = new ControllerResource(
                    opened.catalog(), opened.views(), opened.operations(), () -> wake(loop, node));
            DiffResource differences = new DiffResource(opened(new BoundedComparison(
                    opened,
                    settings.kafka(),
                    settings.dataFolder().resolve(COMPARISONS),
                    BoundedComparison.Limits.DEFAULT,
                    OpenRepository.clock())));
            LifecycleResource lifecycle =
                    new LifecycleResource(opened.approvals(), opened.removal(), () -> wake(loop, node));
            AdminServer administration = opened(AdminServer.start(
                    settings, node, metrics, List.of(resource, differences, lifecycle), OpenRepository.clock()));
            administration.show(new ControllerCollector(controller, topics));
            node.start();
            reads = address(settings, lookups.port());
            admin = address(settings, administration.port());
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Starts everything. What was served last is served at once; what is published is discovered afterwards.
     *
     * @param repository the repository's folder, which may be away or not be there yet
     * @throws io.slipway.model.SlipwayException if a port is taken, or the data folder is in use or cannot be written
     */
    static AllInOne start(Path repository, NodeSettings settings) {
        return new AllInOne(repository, settings);
    }

    /** Where readers ask. */
    URI readsUri() {
        return reads;
    }

    /** Where operators ask. */
    URI adminUri() {
        return admin;
    }

    /** Stops everything, last started first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    private static URI address(NodeSettings settings, int port) {
        return URI.create(settings.security().scheme() + "://127.0.0.1:" + port);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Has versions over Kafka taken over into the repository, where the controller finds them. */
    private TopicController followTopics(
            KafkaSettings cluster, OpenRepository opened, ControllerLoop loop, ServingNode node) {
        TopicController topics = new TopicController(
                opened(KafkaVersionTopics.connect(cluster)),
                opened.repository(),
                opened.catalog(),
                List.of(node),
                OpenRepository.clock(),
                "controller " + Operator.name());
        opened(ControllerLoop.start(topics, CYCLE, loop::wake));
        return topics;
    }

    private static void wake(ControllerLoop loop, ServingNode node) {
        loop.wake();
        node.nudge();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(AllInOne.class).warn("Not everything could be closed", e);
        }
    }
}
