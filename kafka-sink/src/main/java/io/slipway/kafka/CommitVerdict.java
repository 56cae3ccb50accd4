package io.slipway.kafka;

import io.slipway.kafka.control.ControlRecord;
import io.slipway.kafka.control.ControlRecord.Commit;
import io.slipway.kafka.control.ControlRecord.Winner;
import io.slipway.kafka.control.ManifestDocument;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.publish.Receipts;
import io.slipway.model.repository.DecisionJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That a version is complete, as it goes into the ledger and into every partition. The manifest, which grows with the
 * number of partitions, is in the ledger and in partition 0 only, and by its hash in the others.
 */
record CommitVerdict(Commit forLedger, List<ControlRecord> forPartitions) implements VersionDriver.Verdict {

    /**
     * The verdict of receipts.
     *
     * @throws io.slipway.model.CorruptDataException if the receipts contradict themselves
     */
    static CommitVerdict of(Claimed claimed, Receipts receipts, Manifest manifest, String writeId) {
        List<Winner> winners =
                receipts.inOrder().stream().map(AttemptName::winner).toList();
        ManifestDocument document = new ManifestDocument(DecisionJson.writeCommitted(manifest, writeId));
        document.read(
                "The manifest of " + manifest.version(), manifest.version()); // What nobody could read is not sent.
        Commit base = new Commit(
                manifest.version(),
                manifest.runId(),
                claimed.session(),
                winners.size(),
                manifest.digest(),
                document.sha256(),
                Optional.of(document),
                Optional.empty());
        List<ControlRecord> records = new ArrayList<>();
        for (Winner winner : winners) {
            records.add(with(base, winner));
        }
        return new CommitVerdict(base, records);
    }

    private static Commit with(Commit base, Winner winner) {
        return new Commit(
                base.version(),
                base.runId(),
                base.session(),
                base.partitions(),
                base.digest(),
                base.manifestSha256(),
                winner.partition() == 0 ? base.manifest() : Optional.empty(),
                Optional.of(winner));
    }
}
