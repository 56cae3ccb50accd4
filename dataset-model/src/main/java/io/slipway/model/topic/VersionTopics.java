package io.slipway.model.topic;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.DatasetSummary;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The versions that lie in topics of a cluster, for a controller. Used by one thread; any number of processes may use one
 * cluster, and each call may be repeated.
 *
 * <p>Every method throws {@link io.slipway.model.UnavailableException} if the cluster cannot be reached or does not answer
 * in time, which may take a minute.
 */
public interface VersionTopics extends AutoCloseable {

    /**
     * All versions that were ever claimed, by dataset and in ascending order.
     *
     * @throws io.slipway.model.CorruptDataException if what keeps them is damaged
     */
    List<TopicClaim> claims();

    /**
     * The document that decided a version, byte by byte as {@code manifest.json} is to hold it: the manifest, or that it was
     * aborted. The same whoever asks, and however often.
     *
     * @throws io.slipway.model.NotFoundException if the version is not decided
     * @throws io.slipway.model.CorruptDataException if it is damaged, or not the manifest that was committed
     * @throws io.slipway.model.UnsupportedFormatException if its format is not one that this program reads
     */
    byte[] decision(VersionId version);

    /** Tells publishers, who see no catalog, of datasets; writes those of which they know something else. */
    void announce(Collection<DatasetSummary> datasets);

    /**
     * When something was last done for a version: its newest claim, or the newest record in its topic.
     *
     * @throws io.slipway.model.NotFoundException if the version was not claimed
     */
    Instant lastActivity(VersionId version);

    /**
     * Aborts a version, unless it is decided or somebody joins its claim meanwhile. Whoever still writes it is fenced.
     *
     * @param reason why, for whoever looks at the version later
     * @throws io.slipway.model.CommitStateUnknownException if whether that took place cannot be known
     */
    void abort(VersionId version, String reason);

    /** Deletes the topics of versions, those that there still are. */
    void delete(Collection<VersionId> versions);

    @Override
    void close();
}
