package io.slipway.serving.metrics;

import io.slipway.model.DatasetName;
import io.slipway.model.PerDataset;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;

/** What a node counts of its stagings and swaps, for each dataset apart. Thread-safe. */
public final class NodeCounts {

    private final PerDataset<OfDataset> datasets = new PerDataset<>(OfDataset::new);
    private volatile Optional<Instant> catalogRead = Optional.empty();

    /** The counts of a dataset of the catalog. */
    public OfDataset of(DatasetName dataset) {
        return datasets.of(dataset);
    }

    /** All that were ever asked {@linkplain #of for}, by name. */
    public SortedMap<String, OfDataset> datasets() {
        return datasets.byName();
    }

    /** Notes that the catalog was read, and can be followed. */
    public void readCatalog(Instant now) {
        catalogRead = Optional.of(now);
    }

    /** When the catalog was read last; none if it was not since the node was opened. */
    public Optional<Instant> catalogRead() {
        return catalogRead;
    }

    /** How a try to stage a version can end. */
    public enum Result {
        /** The node has it. */
        STAGED,
        /** It could not go on, and tries again. */
        FAILING,
        /** The repository's files are not what the manifest says. */
        REFUSED
    }

    /** The counts of one dataset. Thread-safe. */
    public static final class OfDataset {
        private final Map<Result, LongAdder> stagings = new EnumMap<>(Result.class);
        private final LongAdder swaps = new LongAdder();
        private volatile Optional<Duration> lastDelay = Optional.empty();

        OfDataset() {
            for (Result result : Result.values()) {
                stagings.put(result, new LongAdder());
            }
        }

        /** Counts a try to stage a version. */
        public void staging(Result result) {
            stagings.get(result).increment();
        }

        /** How many tries ended so. */
        public long stagings(Result result) {
            return stagings.get(result).sum();
        }

        /** Counts a swap of what readers of the node get. */
        public void swapped() {
            swaps.increment();
        }

        /**
         * Counts a swap.
         *
         * @param delay how long after the catalog had it readers got it
         */
        public void swapped(Duration delay) {
            lastDelay = Optional.of(delay);
            swapped();
        }

        /** How many swaps there were. */
        public long swaps() {
            return swaps.sum();
        }

        /** How long after the catalog had the last swap readers got it; none if there was none. */
        public Optional<Duration> lastDelay() {
            return lastDelay;
        }
    }
}
