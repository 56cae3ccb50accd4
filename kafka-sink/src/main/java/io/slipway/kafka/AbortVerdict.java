package io.slipway.kafka;

import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Abort;
import java.util.Collections;
import java.util.List;

/** That a version will never be. */
record AbortVerdict(Abort forLedger, List<ControlRecord> forPartitions) implements VersionDriver.Verdict {

    AbortVerdict(Claimed claimed, int partitions, String reason) {
        this(new Abort(claimed.version().version(), claimed.version().runId(), claimed.session(), reason), partitions);
    }

    private AbortVerdict(Abort abort, int partitions) {
        this(abort, Collections.nCopies(partitions, abort));
    }
}
