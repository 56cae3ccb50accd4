package io.slipway.model.publish;

/**
 * Publishes versions on one route. Thread-safe.
 *
 * <p>What every route guarantees:
 *
 * <ol>
 *   <li>Nothing is visible to readers, nor counted as a version, before {@link PublishSession#commit} returned.
 *   <li>Commit is atomic and durable: after a crash at any instruction the version is either complete or absent.
 *   <li>Attempts of one task may overlap; exactly one attempt's output is in the version, whole.
 *   <li>The same run id published twice gives one version.
 * </ol>
 */
public interface VersionPublisher {

    /**
     * Claims a version for the publication's run, or joins the claim that the run already has.
     *
     * <p>If the run's version is already committed from the same inputs, the session says so
     * ({@link PublishSession#committed}) and takes no more work. If it was aborted, a new version is claimed.
     *
     * <p>A delta needs a base: the version that the publication names, or else the current one. The claim keeps it, so
     * that all sessions of the run have the same. Key, partitions, routing fields and value schema of a delta are those
     * of its base.
     *
     * @param publication what is to be published, with its schemas
     * @return a session for this process
     * @throws io.slipway.model.InvalidInputException if the publication is not acceptable: a key schema that cannot be
     *     a key, a value schema that readers of the current version cannot read, a run id that was used for other
     *     inputs, a partition count out of range; of a delta also a base that is not there, retired, or not of the same
     *     kind, and too long a chain of deltas
     * @throws io.slipway.model.UnavailableException if the route's storage cannot be reached or written
     */
    PublishSession begin(Publication publication);
}
