package io.slipway.cli;

import io.slipway.batch.table.TableSchemas;
import io.slipway.model.DatasetName;
import io.slipway.model.RunId;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.VersionPublisher;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Where {@code publish} publishes to, on one of the routes. Used by one thread. */
interface PublishTarget extends AutoCloseable {

    /**
     * Requires room for an input of a size.
     *
     * @throws io.slipway.model.UnavailableException if there is too little
     */
    void requireRoom(InputSize input, long memoryBytes, Path scratch);

    /**
     * Requires that it can be written.
     *
     * @throws io.slipway.model.UnavailableException if it cannot
     */
    void requireWritable();

    /** What a run has committed already. */
    Optional<Manifest> ofRun(DatasetName dataset, RunId runId);

    /**
     * The schemas that a dataset has.
     *
     * @param base the version whose schemas are wanted; none for the current one
     * @return none if no version is current
     * @throws io.slipway.model.NotFoundException if there is no such committed version
     */
    Optional<TableSchemas> schemas(DatasetName dataset, OptionalLong base);

    /** Publishes. */
    VersionPublisher publisher();

    /** Counts what would be published, and changes nothing. */
    VersionPublisher counting();

    @Override
    void close();
}
