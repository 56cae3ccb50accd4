package io.slipway.kafka.read;

import io.slipway.kafka.cluster.Cluster;
import io.slipway.kafka.cluster.KafkaCluster;
import io.slipway.kafka.cluster.KafkaSettings;
import io.slipway.kafka.control.TopicNames;
import io.slipway.kafka.ledger.Ledger;
import io.slipway.kafka.ledger.LedgerState;
import io.slipway.kafka.ledger.LedgerVersion;
import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows a dataset for a subscriber of its own: gives the latest committed version, then the following ones as they are
 * committed, each whole and verified, and never shows a record of one that is not committed. Used by one thread.
 *
 * <p>A {@linkplain Manifest#delta delta} is given after the version that it is on: where that is not the version given
 * last, the full version comes first and then all deltas on it, so that a subscriber that starts anew at every full version
 * and applies every delta has what readers read. Versions whose topic is gone (retired), and deltas on them, are passed
 * over. A version is given because it is committed; gates and swaps are the nodes'.
 */
public final class VersionTopicReader implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Ledger ledger;
    private final DatasetName dataset;
    private final Deque<CommittedVersion> next = new ArrayDeque<>();
    private long last;

    /**
     * A reader of a dataset.
     *
     * @param cluster where the topics are; closed with this reader
     * @param names how they are called
     * @param dataset the dataset
     */
    public VersionTopicReader(Cluster cluster, TopicNames names, DatasetName dataset) {
        this.cluster = cluster;
        this.ledger = Ledger.of(cluster, names, dataset);
        this.dataset = dataset;
    }

    /** A reader of a dataset on a cluster that is reached by Kafka's own clients. */
    public static VersionTopicReader open(KafkaSettings settings, DatasetName dataset) {
        return new VersionTopicReader(new KafkaCluster(settings), new TopicNames(settings.prefix()), dataset);
    }

    /**
     * Goes on after a version that an earlier reader has given and its subscriber still has.
     *
     * @param number its number; what is given next is above it
     */
    public void after(long number) {
        last = number;
        next.clear();
    }

    /**
     * The next version.
     *
     * @param atMost how long to wait for it
     * @return the version, none if there is none yet
     * @throws io.slipway.model.CorruptDataException if the ledger is damaged
     * @throws io.slipway.model.UnavailableException if the cluster cannot be reached
     */
    public Optional<TopicVersion> next(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        LedgerState state = ledger.read();
        while (true) {
            if (next.isEmpty()) {
                look(state);
            }
            if (!next.isEmpty()) {
                CommittedVersion version = next.remove();
                last = version.manifest().version().number();
                return Optional.of(new TopicVersion(cluster, version));
            }
            if (System.nanoTime() >= deadline) {
                return Optional.empty();
            }
            state = ledger.await(LOOK_AGAIN);
        }
    }

    @Override
    public void close() {
        ledger.close();
        cluster.close();
    }

    /** Finds what comes next: at first the latest, then the least above the last; with what it is on. */
    private void look(LedgerState state) {
        NavigableMap<Long, LedgerVersion> committed = new TreeMap<>();
        state.versions(dataset).stream()
                .filter(version ->
                        version.commit().isPresent() && version.version().number() > last)
                .forEach(version -> committed.put(version.version().number(), version));
        for (LedgerVersion version : (last == 0 ? committed.descendingMap() : committed).values()) {
            if (add(state, version.committed().orElseThrow())) {
                return;
            }
        }
    }

    /** Adds a version after those that it is on, unless the topic of one is gone. */
    private boolean add(LedgerState state, CommittedVersion version) {
        Deque<CommittedVersion> chain = new ArrayDeque<>();
        Optional<CommittedVersion> link = Optional.of(version);
        while (link.isPresent()) {
            Manifest manifest = link.get().manifest();
            if (cluster.topic(manifest.topic().orElseThrow().name()).isEmpty()) {
                return false;
            }
            chain.addFirst(link.get());
            Optional<VersionId> base = manifest.base().filter(id -> last == 0 || id.number() != last);
            link = base.flatMap(state::version).flatMap(LedgerVersion::committed);
            if (base.isPresent() && link.isEmpty()) {
                return false;
            }
        }
        next.addAll(chain);
        return true;
    }
}
