package io.slipway.serving.reader;

import io.slipway.model.UnavailableException;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.model.storage.RepositoryStorage;
import io.slipway.serving.NodeSettings;
import io.slipway.serving.Readiness;
import io.slipway.serving.ServingNode;
import io.slipway.serving.SwapListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads datasets inside this process, without a server: stages their versions on this machine, follows the catalog, and
 * swaps when it says so. Thread-safe.
 *
 * <pre>{@code
 * try (SlipwayReader slipway = SlipwayReader.open(Path.of("repository"), NodeSettings.of(Path.of("data")))) {
 *     DatasetReader routes = slipway.awaitReady(Duration.ofMinutes(1)).dataset("route-delays");
 *     Optional<RouteDelays> delays = routes.get("LAX-PHX", RouteDelays.class);
 * }
 * }</pre>
 *
 * <p>What a node promises holds here: nobody sees a part of a version, nor a version that was not verified; what was served
 * last is served again after a restart, without the repository. The catalog does not know of this reader, and waits for no
 * staging of it: after a swap it serves the version before until it has staged the new one.
 */
public final class SlipwayReader implements AutoCloseable {

    private final ServingNode node;

    private SlipwayReader(ServingNode node) {
        this.node = node;
    }

    /**
     * Opens a reader of a repository in a folder. What was served last is served at once; the rest is staged meanwhile.
     *
     * @param settings its data folder, which no other process may use, its cache, and which datasets; not its ports
     * @throws io.slipway.model.InvalidInputException if the data folder is inside the repository or the reverse
     * @throws UnavailableException if another process uses the data folder, or it cannot be written
     */
    public static SlipwayReader open(Path repository, NodeSettings settings) {
        return open(new LocalFolderStorage(repository), settings);
    }

    /** The same for a repository in any storage. */
    public static SlipwayReader open(RepositoryStorage repository, NodeSettings settings) {
        InstantSource clock = InstantSource.system();
        CatalogStore catalogs =
                new CatalogStore(repository, clock, () -> UUID.randomUUID().toString());
        ServingNode node = ServingNode.open(
                settings, repository, catalogs, clock, () -> UUID.randomUUID().toString());
        node.start();
        return new SlipwayReader(node);
    }

    /**
     * Waits until every dataset that has a current version is served.
     *
     * @return this
     * @throws UnavailableException if that takes longer, with what is missing
     */
    public SlipwayReader awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            node.look()
                    .completeOnTimeout(null, Math.max(left, 0), TimeUnit.NANOSECONDS)
                    .join();
            Readiness readiness = node.readiness();
            if (readiness.isReady()) {
                return this;
            }
            if (left <= 0) {
                throw new UnavailableException("Not ready after " + limit.toMillis() + " ms: "
                        + readiness.datasets().entrySet().stream()
                                .filter(dataset -> dataset.getValue().served() == 0)
                                .map(dataset -> dataset.getKey() + ": "
                                        + dataset.getValue().problem())
                                .collect(Collectors.joining("; ")));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** How far it is. */
    public Readiness readiness() {
        return node.readiness();
    }

    /**
     * Reads a dataset; each call of its methods reads what is current then.
     *
     * @param name the dataset's name, which need not be served yet
     */
    public DatasetReader dataset(String name) {
        return new DatasetReader(node.snapshots()::pin, name, 0);
    }

    /** What is current now, of all datasets, for as long as the snapshot is not closed. */
    public ReadSnapshot snapshot() {
        return new ReadSnapshot(node.snapshots().pin());
    }

    /** Has somebody told of swaps from now on. */
    public void onSwap(SwapListener listener) {
        node.onSwap(listener);
    }

    /** Looks at the catalog now instead of at the next interval, and returns when it has; what is staged is read then. */
    public void refresh() {
        node.look().join();
    }

    /** Closes it; what it has staged stays on the disk. No lookup may be under way. */
    @Override
    public void close() {
        node.close();
    }
}
