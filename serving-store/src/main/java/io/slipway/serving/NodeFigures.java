package io.slipway.serving;

import io.slipway.model.VersionId;
import io.slipway.serving.ingest.TopicFetcher;
import io.slipway.serving.metrics.FetchCounts;
import io.slipway.serving.metrics.NodeCounts;
import io.slipway.serving.staging.BundleFetcher;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.store.DataFolder;
import io.slipway.serving.store.StoreEngine;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What operators want to know of a node in numbers. Thread-safe; not to be asked once the node is closed. */
public final class NodeFigures {

    private final StoreEngine engine;
    private final DataFolder data;
    private final BundleFetcher bundles;
    private final Optional<TopicFetcher> topics;
    private final VersionTable table;
    private final NodeCounts counts;

    NodeFigures(
            StoreEngine engine,
            DataFolder data,
            BundleFetcher bundles,
            Optional<TopicFetcher> topics,
            VersionTable table,
            NodeCounts counts) {
        this.engine = engine;
        this.data = data;
        this.bundles = bundles;
        this.topics = topics;
        this.table = table;
        this.counts = counts;
    }

    /** What all versions share of RocksDB. */
    public StoreEngine engine() {
        return engine;
    }

    /** How many bytes can still be written to the data folder. */
    public long diskFreeBytes() throws IOException {
        return data.usableBytes();
    }

    /** How many bytes the disk of the data folder has. */
    public long diskBytes() throws IOException {
        return data.diskBytes();
    }

    /** What was fetched of the repository. */
    public FetchCounts fetchedFiles() {
        return bundles.counts();
    }

    /** What was fetched of topics, if the node has a cluster. */
    public Optional<FetchCounts> fetchedTopics() {
        return topics.map(TopicFetcher::counts);
    }

    /** The stagings under way. */
    public Map<VersionId, StagingProgress> stagings() {
        return table.running();
    }

    /** What was counted of stagings and swaps. */
    public NodeCounts counts() {
        return counts;
    }
}
