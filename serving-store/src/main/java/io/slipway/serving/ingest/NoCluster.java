package io.slipway.serving.ingest;

import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.serving.staging.StagingProgress;
import io.slipway.serving.staging.VersionSource;
import io.slipway.sst.FileShape;
import java.nio.file.Path;
import java.util.List;

/** The topics of a node that was not told of a cluster: it has none, and says so. Stateless. */
public final class NoCluster implements VersionSource {

    @Override
    public long prune(Manifest manifest, Path folder) {
        return 0;
    }

    /**
     * Says that there is no cluster.
     *
     * @throws UnavailableException always
     */
    @Override
    public List<FileEntry> fetch(CommittedVersion version, FileShape shape, Path folder, StagingProgress progress) {
        throw new UnavailableException("The " + version.manifest().version() + " came by the route "
                + version.manifest().route().label()
                + ", and this node was not told of a cluster. Start it with --kafka HOST:PORT.");
    }
}
