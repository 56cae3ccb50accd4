package io.slipway.serving.staging;

import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.sst.FileShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where a node gets the files of versions from; one for each route. Thread-safe for different versions. */
public interface VersionSource {

    /**
     * Deletes from a version's fetch folder what the next fetch has no use for.
     *
     * @param folder need not exist
     * @return how many of the manifest's bytes need not be fetched again
     * @throws IOException if something cannot be deleted
     */
    long prune(Manifest manifest, Path folder) throws IOException;

    /**
     * Fetches and verifies all of a version, several parts at a time, and goes on from what an interrupted fetch has left.
     * When this returns or throws, no thread works on it any more.
     *
     * @param version the version
     * @param shape how files are to be that this node makes itself
     * @param folder where to; {@linkplain #prune pruned}, and there
     * @return SST files in the folder: whole, durable, with all that the manifest says of the version and nothing else; by
     *     partition, then records before deletes, then by key
     * @throws io.slipway.model.CorruptDataException if the source does not have what the manifest says
     * @throws io.slipway.model.UnavailableException if something cannot be read or written now
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    List<FileEntry> fetch(CommittedVersion version, FileShape shape, Path folder, StagingProgress progress);
}
