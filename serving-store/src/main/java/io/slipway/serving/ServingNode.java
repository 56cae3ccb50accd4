package io.slipway.serving;

import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.model.DatasetName;
import io.slipway.model.SlipwayException;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.Catalog;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.node.DataFindings;
import io.slipway.model.node.DataQuestion;
import io.slipway.model.node.Node;
import io.slipway.model.node.NodeStatus;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.examine.Examinations;
import io.slipway.serving.ingest.NoCluster;
import io.slipway.serving.ingest.TopicFetcher;
import io.slipway.serving.metrics.NodeCounts;
import io.slipway.serving.staging.BundleFetcher;
import io.slipway.serving.staging.Stager;
import io.slipway.serving.staging.Throttle;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.NodeState;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.store.StoreEngine;
import io.slipway.serving.store.VersionFolder;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import io.slipway.serving.view.SnapshotPlan;
import io.slipway.serving.view.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: follows the catalog, stages the versions that it wants on nodes, and shows readers what it says is current.
 * Thread-safe. Implements DESIGN §6, the node's part.
 *
 * <p>Opening a node shows what it served last, from its own disk, before the repository is asked for anything. Then one
 * thread, here called the follower, looks at the catalog when that is due ({@link NextLook}), and alone decides what is
 * shown. Per look it stages what is wanted, plans ({@link SnapshotPlan}), syncs the plan to {@code
 * node.json}, shows it, and only then drops what nobody wants. If the plan cannot be synced (disk full), readers keep
 * what they have and it is tried again.
 *
 * <p>A catalog whose sequence is below one that was acted on is ignored, across restarts too. If the catalog cannot be
 * read, the node goes on with what it has: readers do not notice.
 */
public final class ServingNode implements Node, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServingNode.class);
    private static final long CLOSE_SECONDS = 10;

    private final NodeSettings settings;
    private final CatalogStore catalogs;
    private final DataFolder data;
    private final StoreEngine engine;
    private final NodeThreads threads;
    private final Throttle throttle;
    private final Optional<TopicFetcher> topics;
    private final VersionTable table;
    private final Examinations examinations;
    private final NodeFigures figures;
    private final InstantSource clock;
    private final NodeCounts counts = new NodeCounts();
    private final Snapshots snapshots = new Snapshots();
    private final NextLook nextLook;
    private final Queue<CompletableFuture<Void>> awaitedLooks = new ConcurrentLinkedQueue<>();
    private final List<SwapListener> listeners = new CopyOnWriteArrayList<>();
    private final Thread follower = new Thread(this::follow, "slipway-node");
    private volatile NodeState state;
    private volatile Optional<Catalog> lastCatalog = Optional.empty();
    private volatile boolean closed;
    private final OncePerTrouble catalogTrouble = new OncePerTrouble();
    private final OncePerTrouble diskTrouble = new OncePerTrouble();

    private ServingNode(
            NodeSettings settings,
            RepositoryStorage repository,
            CatalogStore catalogs,
            InstantSource clock,
            Supplier<String> ids,
            DataFolder data) {
        this.settings = settings;
        this.catalogs = catalogs;
        this.data = data;
        this.clock = clock;
        this.nextLook = new NextLook(settings.pollInterval(), catalogs::canSee);
        this.threads = new NodeThreads(settings.filesAtATime());
        this.engine = new StoreEngine(settings.blockCacheBytes());
        this.throttle = new Throttle(settings.stagingBytesPerSecond(), System::nanoTime, LockSupport::parkNanos);
        this.topics =
                settings.kafka().map(kafka -> new TopicFetcher(new KafkaCluster(kafka), threads.fetchers(), throttle));
        BundleFetcher bundles = new BundleFetcher(repository, threads.fetchers(), throttle);
        Stager stager = new Stager(
                repository,
                data,
                engine,
                bundles,
                topics.isPresent() ? topics.get() : new NoCluster(),
                threads.closer(),
                clock,
                settings.diskReserveBytes());
        this.table = new VersionTable(stager, data, threads.stagings(), threads.closer(), clock, counts, this::nudge);
        this.figures = new NodeFigures(engine, data, bundles, topics, table, counts);
        this.examinations = new Examinations(table::hold, threads.examiner(), clock);
        this.state = data.readState().orElseGet(() -> NodeState.fresh("node-" + ids.get()));
    }

    /**
     * Opens a node, which then shows what it served last; it does not follow the catalog before {@link #start}.
     *
     * @param repository where versions are fetched from; it may be away
     * @param catalogs the repository's catalog; it may be away
     * @param clock the time, for retries and for people
     * @param ids gives ids that nobody else has, for a node that has no name yet
     * @throws io.slipway.model.InvalidInputException if the data folder is inside the repository or the reverse
     * @throws io.slipway.model.UnavailableException if another node uses the data folder, or it cannot be written
     */
    public static ServingNode open(
            NodeSettings settings,
            RepositoryStorage repository,
            CatalogStore catalogs,
            InstantSource clock,
            Supplier<String> ids) {
        DataFolder data = DataFolder.open(settings.dataFolder(), repository.location());
        boolean opened = false;
        try {
            ServingNode node = new ServingNode(settings, repository, catalogs, clock, ids, data);
            node.restore();
            opened = true;
            return node;
        } finally {
            if (!opened) {
                data.close();
            }
        }
    }

    private void restore() {
        List<VersionFolder> left = data.sweep();
        List<ServedDataset> datasets = new ArrayList<>();
        state.datasets().forEach((name, served) -> datasets.add(restore(name, served)));
        left.forEach(version -> table.note(version.id()));
        write(state);
        snapshots.show(new Snapshot(state.catalogSequence(), datasets));
        LOG.info(
                "Node {} serves {} datasets from {}, as of catalog {}; {} versions are on its disk",
                state.nodeId(),
                datasets.stream()
                        .filter(dataset -> dataset.current().isPresent())
                        .count(),
                data.path(),
                state.catalogSequence(),
                left.size());
    }

    private ServedDataset restore(DatasetName name, NodeState.Served served) {
        SortedMap<Long, OpenVersion> readable = new TreeMap<>();
        served.manifests().forEach((number, sha256) -> {
            VersionId id = new VersionId(name, number);
            Optional<OpenVersion> version = table.restore(id, sha256);
            version.ifPresentOrElse(
                    open -> readable.put(number, open),
                    () -> LOG.warn("The copy of {} cannot be opened; it is fetched again", id));
        });
        OptionalLong current = served.current();
        return new ServedDataset(
                name,
                current.isPresent() ? Optional.ofNullable(readable.get(current.getAsLong())) : Optional.empty(),
                readable);
    }

    /** Begins to follow the catalog. */
    public void start() {
        follower.setDaemon(true);
        follower.start();
    }

    @Override
    public String id() {
        return state.nodeId();
    }

    @Override
    public NodeStatus status() {
        return new NodeStatus(state.catalogSequence(), table.status());
    }

    @Override
    public Optional<DataFindings> examine(DataQuestion question) {
        return examinations.ask(question);
    }

    @Override
    public void nudge() {
        nextLook.nudge();
    }

    /**
     * Has the catalog looked at now. Completes after a look that began after this call, whether or not the catalog could be
     * read; never with an exception.
     */
    public CompletableFuture<Void> look() {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        awaitedLooks.add(looked);
        nudge();
        return looked;
    }

    /** Has somebody told of swaps from now on. */
    public void onSwap(SwapListener listener) {
        listeners.add(listener);
    }

    /**
     * Changes how much all stagings fetch together, those under way included, once the catalog says who did and why.
     *
     * @param bytesPerSecond the bound; 0 for none
     * @throws io.slipway.model.UnavailableException if the catalog cannot be written; then nothing is changed
     */
    public void limitStaging(long bytesPerSecond, String who, String why) {
        String bound = bytesPerSecond == 0 ? "off" : bytesPerSecond + " bytes per second";
        catalogs.note(who, "set staging.rate of node " + id() + " to " + bound, why);
        throttle.limit(bytesPerSecond);
    }

    /** What readers see. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** What operators want to know of it in numbers. */
    public NodeFigures figures() {
        return figures;
    }

    /** Since when a version is current, if the last known catalog says that it is. */
    public Optional<Instant> currentSince(VersionId version) {
        return lastCatalog
                .flatMap(catalog -> catalog.datasetOrEmpty(version.dataset()).current())
                .filter(current -> current.number() == version.number())
                .map(VersionEntry::since);
    }

    /**
     * Whether every dataset that has a current version in the last known catalog is served. A node that has not read any
     * catalog yet, and has served nothing before, does not know, and is not ready.
     */
    public Readiness readiness() {
        Map<DatasetName, Long> current = new HashMap<>();
        Optional<Catalog> catalog = lastCatalog;
        if (catalog.isPresent()) {
            catalog.get()
                    .datasets()
                    .values()
                    .forEach(dataset ->
                            dataset.current().ifPresent(version -> current.put(dataset.name(), version.number())));
        } else {
            state.datasets().forEach((name, served) -> served.current().ifPresent(number -> current.put(name, number)));
        }
        boolean isInformed = catalog.isPresent() || state.seenSequence() > 0;
        return ReadinessCheck.of(isInformed, current, snapshots, table.status());
    }

    private void follow() {
        while (!closed) {
            List<CompletableFuture<Void>> awaited = takeAwaitedLooks();
            try {
                lookOnce();
            } catch (RuntimeException e) {
                catalogTrouble.warn("The node goes on with what it has; following the catalog failed: " + e);
                LOG.debug("Following the catalog failed", e);
            }
            awaited.forEach(look -> look.complete(null));
            await();
        }
    }

    private List<CompletableFuture<Void>> takeAwaitedLooks() {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (CompletableFuture<Void> look = awaitedLooks.poll(); look != null; look = awaitedLooks.poll()) {
            taken.add(look);
        }
        return taken;
    }

    private void await() {
        try {
            nextLook.awaitAfter(state.seenSequence());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Looks at the catalog once. */
    private void lookOnce() {
        Optional<Catalog> catalog = latest();
        if (catalog.isEmpty()) {
            lastCatalog.ifPresent(known -> {
                table.startDue();
                apply(known);
            });
            return;
        }
        lastCatalog = catalog;
        table.follow(catalog.get());
        apply(catalog.get());
    }

    /** The latest catalog; none if it cannot be read, or is older than one that was acted on. */
    private Optional<Catalog> latest() {
        Catalog catalog;
        try {
            catalog = catalogs.latest();
        } catch (SlipwayException e) {
            catalogTrouble.warn("The catalog cannot be read, and the node goes on with what it has: " + e.getMessage());
            return Optional.empty();
        }
        if (catalog.sequence() < state.seenSequence()) {
            catalogTrouble.warn("The repository has catalog " + catalog.sequence()
                    + ", and this node has followed catalog "
                    + state.seenSequence() + " already: the repository is away, was restored from a backup, or is"
                    + " another one. The node goes on with what it has. Bring the repository back, or give the node"
                    + " another data folder.");
            return Optional.empty();
        }
        counts.readCatalog(clock.instant());
        catalogTrouble.over("The node follows the catalog again");
        return Optional.of(settings.datasets().isEmpty() ? catalog : catalog.only(settings.datasets()));
    }

    private void apply(Catalog catalog) {
        Snapshot shown = snapshots.pin();
        try (shown) {
            SnapshotPlan plan = SnapshotPlan.of(catalog, shown, table::open);
            NodeState next = state(plan, catalog);
            if (!next.equals(state) && !write(next)) {
                return;
            }
            state = next;
            if (!plan.isShownBy(shown)) {
                show(plan, shown);
            }
        }
        try (Snapshot now = snapshots.pin()) {
            table.drop(now);
        }
    }

    private void show(SnapshotPlan plan, Snapshot before) {
        snapshots.show(new Snapshot(plan.sequence(), plan.datasets()));
        for (ServedDataset dataset : plan.datasets()) {
            Optional<OpenVersion> old = before.dataset(dataset.name().value()).flatMap(ServedDataset::current);
            if (dataset.current().isPresent() && !dataset.current().equals(old)) {
                LOG.info("{} is current, as of catalog {}", dataset.current().get(), plan.sequence());
                VersionId now = dataset.current().get().id();
                count(now, old.map(OpenVersion::id));
                tell(now, old.map(OpenVersion::id));
            }
        }
    }

    private void count(VersionId current, Optional<VersionId> before) {
        NodeCounts.OfDataset of = counts.of(current.dataset());
        currentSince(current)
                .filter(since -> before.isPresent())
                .ifPresentOrElse(since -> of.swapped(Duration.between(since, clock.instant())), of::swapped);
    }

    private void tell(VersionId current, Optional<VersionId> before) {
        for (SwapListener listener : listeners) {
            try {
                listener.swapped(current, before);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed at the swap to {}", current, e);
            }
        }
    }

    private boolean write(NodeState next) {
        try {
            data.writeState(next);
            diskTrouble.over("The node's state can be written again");
            return true;
        } catch (IOException e) {
            diskTrouble.warn("The node's state cannot be written to " + data.path()
                    + ", so readers keep what they have: " + e + ". Free some space there.");
            return false;
        }
    }

    private NodeState state(SnapshotPlan plan, Catalog catalog) {
        return new NodeState(state.nodeId(), plan.sequence(), catalog.sequence(), plan.served());
    }

    /** Stops following, shows nothing any more, and closes every version once its readers have left. */
    @Override
    public void close() {
        closed = true;
        nudge();
        try {
            follower.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takeAwaitedLooks().forEach(look -> look.complete(null));
        snapshots.close();
        table.close();
        threads.close();
        topics.ifPresent(TopicFetcher::close);
        engine.close();
        data.close();
    }
}
