package io.slipway.model.repository;

import io.slipway.model.RunId;
import io.slipway.model.VersionId;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The reservation of a version number for one run. Never changed and never deleted, so that numbers are not reused and
 * run ids are found.
 *
 * @param version the version
 * @param runId the run
 * @param partitions the version's number of partitions, fixed here so that all sessions of the run agree
 * @param base the number of the version that this one is a delta on, fixed here likewise; none for a full version
 * @param owner who claimed it, for people
 * @param time when
 * @param writeId which call wrote it
 */
public record Claim(
        VersionId version,
        RunId runId,
        int partitions,
        OptionalLong base,
        String owner,
        Instant time,
        String writeId) {}
