package io.slipway.serving.metrics;

import io.slipway.model.DatasetName;
import io.slipway.model.PerDataset;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the lookup server counts, for each dataset apart. Thread-safe; counting neither allocates nor waits. What is counted
 * of a dataset belongs to its name: a swap, a restart of staging or a retired version takes nothing of it away.
 *
 * <p>Only datasets that were served are counted apart. Whatever else clients ask for is counted together, so that they
 * cannot make this grow.
 */
public final class LookupMetrics {

    private final PerDataset<DatasetLookups> datasets = new PerDataset<>(DatasetLookups::new);
    private final DatasetLookups others = new DatasetLookups();
    private final Map<String, LongAdder> problems = new ConcurrentHashMap<>();
    private final LongAdder begun = new LongAdder();
    private final LongAdder loggedLines = new LongAdder();
    private final LongAdder lostLines = new LongAdder();

    /** The counts of a dataset that is served. */
    public DatasetLookups of(DatasetName dataset) {
        return datasets.of(dataset);
    }

    /** The counts of requests that are not about one dataset that is served here. */
    public DatasetLookups others() {
        return others;
    }

    /** All that were ever asked {@linkplain #of for}, by name. */
    public SortedMap<String, DatasetLookups> datasets() {
        return datasets.byName();
    }

    /** Counts a request whose reply is going to be counted. */
    public void begun() {
        begun.increment();
    }

    /** How many requests are under way. */
    public long inFlight() {
        long replies = others.replies();
        for (DatasetLookups dataset : datasets.all().values()) {
            replies += dataset.replies();
        }
        return Math.max(0, begun.sum() - replies);
    }

    /** Shows a kind of problem from now on, though there was none yet. */
    public void expectProblem(String kind) {
        problems.computeIfAbsent(kind, unseen -> new LongAdder());
    }

    /** Counts a reply that says what is wrong with a request, or with the node. */
    public void problem(String kind) {
        expectProblem(kind);
        problems.get(kind).increment();
    }

    /** How many problems there were of each kind. */
    public SortedMap<String, Long> problems() {
        SortedMap<String, Long> counts = new TreeMap<>();
        problems.forEach((kind, count) -> counts.put(kind, count.sum()));
        return Collections.unmodifiableSortedMap(counts);
    }

    /** The lines of the access log that were written. */
    public LongAdder loggedLines() {
        return loggedLines;
    }

    /** The lines of the access log that were left out, because it could not be written as fast. */
    public LongAdder lostLines() {
        return lostLines;
    }
}
