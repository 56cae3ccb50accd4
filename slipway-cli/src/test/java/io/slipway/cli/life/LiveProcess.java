package io.slipway.cli.life;

import static org.awaitility.Awaitility.await;

import io.slipway.controller.Controller;
import io.slipway.controller.Operations;
import io.slipway.controller.Removal;
import io.slipway.model.RunId;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.node.NodeStatus.Phase;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.Publication;
import io.slipway.model.publish.PublishSession;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.Readiness;
import io.slipway.serving.ServingNode;
import io.slipway.sst.Compaction;
import io.slipway.sst.SstVersionPublisher;
import io.slipway.sst.VersionFiles;
import io.slipway.testkit.Faults;
import io.slipway.testkit.FaultyStorage;
import io.slipway.testkit.ProcessDiedError;
import io.slipway.testkit.SampleDelta;
import io.slipway.testkit.SampleRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One process on a repository, as {@code slipway serve} with a publisher: its storage and its disk may fail somewhere. The
 * test makes the controller's cycles, and time passes when it says so. Used by one thread.
 */
final class LiveProcess implements AutoCloseable {

    static final String OPERATOR = "operator";
    private static final int PARTITIONS = 2;
    private static final int MOST_ROUNDS = 40;
    /** Longer than a node waits before it tries a staging again for the first time. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    private static final Duration BETWEEN_NUDGES = Duration.ofMillis(25);

    private final Surroundings surroundings;
    private final Faults faults;
    private final Watch watch;
    private final Map<VersionId, String> committed;
    private LocalFolderStorage local;
    private RepositoryStorage storage;
    private SstVersionPublisher publisher;
    private Compaction compaction;
    private Operations operations;
    private Removal removal;
    private Controller controller;
    private Optional<ServingNode> node = Optional.empty();

    /**
     * Starts a process.
     *
     * @param committed gets the manifest's hash of every version whose commit returned
     */
    LiveProcess(Surroundings surroundings, Faults faults, Watch watch, Map<VersionId, String> committed) {
        this.surroundings = surroundings;
        this.faults = faults;
        this.watch = watch;
        this.committed = committed;
        open();
    }

    private void open() {
        Path root = surroundings.mount(faults);
        local = new LocalFolderStorage(Surroundings.repository(root));
        storage = new FaultyStorage(local, faults);
        Repository repository = surroundings.repository(storage);
        CatalogStore catalog = surroundings.catalog(storage);
        publisher = new SstVersionPublisher(repository, catalog, surroundings.clock(), "test");
        compaction = new Compaction(VersionFiles.of(repository), catalog, publisher);
        operations = new Operations(repository, catalog, surroundings.clock());
        removal = new Removal(catalog, surroundings.clock());
        NodeSettings settings = NodeSettings.of(Surroundings.data(root))
                .withBlockCacheBytes(1 << 20)
                .withStagingLimits(0, 0)
                .withPollInterval(Duration.ofHours(1));
        ServingNode opened = ServingNode.open(settings, storage, catalog, surroundings.clock(), surroundings::newId);
        node = Optional.of(opened);
        watch.follow(node);
        watch.look();
        opened.start();
        controller = controller(List.of(new Answering(opened)));
    }

    private Controller controller(List<Node> nodes) {
        return new Controller(
                surroundings.repository(storage),
                surroundings.catalog(storage),
                nodes,
                surroundings.clock(),
                "controller");
    }

    void set(Map<String, String> values) {
        operations.set(Life.DATASET, new TreeMap<>(values), OPERATOR, "");
    }

    /** Publishes a full version, as a job of its own. */
    void publish(long number) {
        publish("run-" + number, Life.VERSIONS.get(number));
    }

    void publish(String run, SampleRecords records) {
        SampleDelta puts = SampleDelta.none();
        for (Map.Entry<byte[], byte[]> row : records.records().entrySet()) {
            puts = puts.putting(row.getKey(), row.getValue());
        }
        publish(publication(run).withPartitions(PARTITIONS), puts);
    }

    void publishDelta(SampleDelta changes) {
        publish(publication("run-delta").asDelta(), changes);
    }

    private void publish(Publication publication, SampleDelta changes) {
        try (PublishSession session = publisher.begin(publication)) {
            done(session.committed().orElseGet(() -> session.commit(changes.write(session))));
        }
    }

    private static Publication publication(String run) {
        return Publication.of(Life.DATASET)
                .withRunId(new RunId(run))
                .withSchemas(SampleRecords.TEXT_KEY, SampleRecords.VALUE);
    }

    void compact(long number) {
        done(compaction.compact(Life.version(number), records -> {}));
    }

    private void done(CommittedVersion version) {
        committed.put(version.manifest().version(), version.manifestSha256());
    }

    void swap(long number) {
        operations.swap(Life.DATASET, number, OPERATOR, "test");
    }

    void rollback(OptionalLong target) {
        operations.rollback(Life.DATASET, target, OPERATOR, "test");
    }

    void retire(long number) {
        removal.retire(Life.DATASET, number, OPERATOR, "test");
    }

    void pass(Duration time) {
        surroundings.pass(time);
    }

    /** Ends in good order and starts again. */
    void restart() {
        close();
        open();
    }

    /** Has the node look once more, as it does every second. */
    void look() {
        node.orElseThrow().look().join();
        requireAlive();
    }

    /** Has a controller do all that comes before a staging, without a node; {@link #restart} brings the node back. */
    void beginStaging() {
        stopNode();
        Controller alone = controller(List.of());
        while (alone.cycle()) {
            watch.look();
        }
    }

    /** Has controller and node do all that there is to do. */
    void settle() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            awaitNode();
            boolean wasUpToDate = isUpToDate(); // Else what comes up to date now, the cycle has not seen.
            if (!controller.cycle() && wasUpToDate && isUpToDate()) {
                return;
            }
            surroundings.pass(BETWEEN_ROUNDS);
            if (!isUpToDate()) {
                node.orElseThrow().nudge(); // Here time passes, and not its poll interval.
            }
        }
        throw new UnavailableException("Still not settled after " + MOST_ROUNDS + " cycles: " + status());
    }

    /** Waits until the node has done with the catalog what it can for now. */
    private void awaitNode() {
        try {
            tryAwaitNode();
        } catch (ConditionTimeoutException e) {
            throw new UnavailableException("The node does not get on: " + status(), e);
        }
    }

    private void tryAwaitNode() {
        AtomicLong nextNudge = new AtomicLong(System.nanoTime());
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(surroundings.patience())
                .until(() -> {
                    requireAlive();
                    watch.look();
                    boolean isQuiet = isQuiet();
                    if (!isQuiet && System.nanoTime() - nextNudge.get() >= 0) {
                        node.orElseThrow().nudge();
                        nextNudge.set(System.nanoTime() + BETWEEN_NUDGES.toNanos());
                    }
                    return isQuiet;
                });
    }

    private void requireAlive() {
        if (faults.isDead()) {
            throw new ProcessDiedError(faults.toString());
        }
    }

    private boolean isQuiet() {
        NodeStatus status = status();
        return status.versions().keySet().equals(wanted())
                && status.versions().values().stream().noneMatch(staging -> staging.phase() == Phase.STAGING)
                && (isFailing(status) || isUpToDate());
    }

    private boolean isUpToDate() {
        NodeStatus status = status();
        Readiness readiness = node.orElseThrow().readiness();
        return status.catalogSequence() == surroundings.catalog().latest().sequence()
                && !isFailing(status)
                && readiness.isReady()
                && readiness.datasets().values().stream().allMatch(dataset -> dataset.served() == dataset.current());
    }

    private static boolean isFailing(NodeStatus status) {
        return status.versions().values().stream().anyMatch(staging -> staging.phase() != Phase.STAGED);
    }

    private NodeStatus status() {
        return node.orElseThrow().status();
    }

    /** What the catalog has the node have. */
    private Set<VersionId> wanted() {
        Set<VersionId> wanted = new HashSet<>();
        for (VersionEntry version : surroundings
                .catalog()
                .latest()
                .datasetOrEmpty(Life.DATASET)
                .versions()
                .values()) {
            if (version.state().isOnNodes()) {
                wanted.add(Life.version(version.number()));
            }
        }
        return wanted;
    }

    /** Ends in good order. */
    @Override
    public void close() {
        stopNode();
        local.close();
    }

    private void stopNode() {
        watch.follow(Optional.empty());
        node.ifPresent(ServingNode::close);
        node = Optional.empty();
    }

    /** Frees what a process has that is dead: the operating system does so. */
    void bury() {
        watch.follow(Optional.empty());
        try {
            node.ifPresent(ServingNode::close);
        } catch (ProcessDiedError e) {
            // It is.
        }
    }

    /** The node; who asks it about a version's records waits for the answer, so that no cycle comes in between. */
    private final class Answering implements Node {
        private final Node asked;

        Answering(Node asked) {
            this.asked = asked;
        }

        @Override
        public String id() {
            return asked.id();
        }

        @Override
        public NodeStatus status() {
            return asked.status();
        }

        @Override
        public Optional<DataFindings> examine(DataQuestion question) {
            return await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(
                            () -> {
                                requireAlive();
                                return asked.examine(question);
                            },
                            Optional::isPresent);
        }

        @Override
        public void nudge() {
            asked.nudge();
        }
    }
}
