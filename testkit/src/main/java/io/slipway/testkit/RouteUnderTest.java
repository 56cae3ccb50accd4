package io.slipway.testkit;

import io.slipway.model.DatasetName;
import io.slipway.model.VersionId;
import io.slipway.model.publish.CommittedVersion;
import io.slipway.model.publish.VersionPublisher;
import java.util.List;

/** One route with an empty place to publish to, as {@link PublishRouteContract} needs it: a publisher, and a reader. */
public interface RouteUnderTest extends AutoCloseable {

    /** A publisher as another process has it; all of them publish to the same place. */
    default VersionPublisher publisher() {
        return publisher(Faults.none());
    }

    /**
     * A publisher as another process has it, of whose calls to what is below one fails. Every call counts that can fail
     * by itself: to storage, to a broker.
     */
    VersionPublisher publisher(Faults faults);

    /** The versions of a dataset that are complete, in ascending order, as whoever looks for new ones finds them. */
    List<VersionId> complete(DatasetName dataset);

    /** All records of a complete version, in any order, as a node reads them: of a delta those of the result. */
    List<Row> readAll(VersionId version);

    /** Makes a complete version the dataset's current one, so that the next publish is compared with it. */
    void makeCurrent(CommittedVersion version);

    @Override
    void close();
}
