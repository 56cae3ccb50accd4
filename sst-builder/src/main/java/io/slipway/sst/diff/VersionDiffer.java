package io.slipway.sst.diff;

import io.slipway.model.digest.Digest;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.repository.Repository;
import io.slipway.sst.DeltaChain;
import io.slipway.sst.VersionFiles;
import io.slipway.sst.VersionRecords;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Compares two versions of a dataset, by one merge over their sorted files, in memory
 * that does not grow with them ({@link VersionRecords} says how much for each thread). The versions may differ in number
 * of partitions and in value schema: fields are compared by name, those that only one version has are reported and make
 * no key count as changed. Thread-safe.
 */
public final class VersionDiffer {

    static final Consumer<RecordChange> NOBODY = change -> {};

    private final VersionFiles files;
    private final ExecutorService threads;

    /**
     * A comparison of versions.
     *
     * @param files where they are
     * @param threads run the parts of a comparison: as many at a time as there are threads
     */
    public VersionDiffer(VersionFiles files, ExecutorService threads) {
        this.files = files;
        this.threads = threads;
    }

    /**
     * How many records a comparison reads of both versions together, at most: of a delta, what it deletes and replaces is
     * counted too.
     */
    public static long recordsToRead(Repository repository, Manifest older, Manifest newer, DiffSettings settings) {
        return DiffPlan.of(older, newer, settings.reading()).parts().stream()
                .mapToLong(part -> records(repository, older, part.older()) + records(repository, newer, part.newer()))
                .sum();
    }

    /**
     * Counts what differs.
     *
     * @param progress is told, by several threads, how many records of both versions were read since it was told last; what
     *     it throws ends the comparison
     * @throws io.slipway.model.InvalidInputException if the keys of the versions are of different types
     * @throws io.slipway.model.CorruptDataException if a file is damaged or missing; the message names it
     * @throws io.slipway.model.UnavailableException if the thread is interrupted
     */
    public VersionDiff compare(Manifest older, Manifest newer, DiffSettings settings, LongConsumer progress) {
        return compare(older, newer, settings, progress, NOBODY, DiffPlan.of(older, newer, settings.reading()));
    }

    /**
     * Counts what differs, and shows all of it in the order of the keys. That takes one thread, and all partitions are open
     * at a time.
     *
     * @param progress as in {@link #compare}
     * @param changes is shown each key that was added, removed or changed; if this throws, what was shown is not to be used
     */
    public VersionDiff list(
            Manifest older,
            Manifest newer,
            DiffSettings settings,
            LongConsumer progress,
            Consumer<RecordChange> changes) {
        DiffPlan plan = DiffPlan.of(older, newer, settings.reading()).asOnePart();
        return compare(older, newer, settings, progress, changes, plan);
    }

    private VersionDiff compare(
            Manifest older,
            Manifest newer,
            DiffSettings settings,
            LongConsumer progress,
            Consumer<RecordChange> changes,
            DiffPlan plan) {
        VersionRecords left = new VersionRecords(files, older);
        VersionRecords right = new VersionRecords(files, newer);
        PartRunner runner = new PartRunner(threads);
        DiffTally nothing = DiffTally.nothing(new ValueComparison(older.valueSchema(), newer.valueSchema()));
        DiffTally total = runner.run(
                plan.parts(),
                part -> new PartDiff(left, right, settings.examples(), progress, changes, runner::isStopped)
                        .compare(part),
                nothing,
                (some, others) -> some.plus(others, settings.examples()));
        return new VersionDiff(
                older,
                newer,
                total.unchanged() + plan.equalRecords(),
                total.added(),
                total.removed(),
                total.changed(),
                total.fields(),
                total.examples(),
                plan.partitionsRead());
    }

    private static long records(Repository repository, Manifest manifest, List<Integer> partitions) {
        return DeltaChain.of(repository, manifest).manifests().stream()
                .flatMap(version -> partitions.stream()
                        .map(partition -> version.partitions().get(partition).digest()))
                .mapToLong(Digest::records)
                .sum();
    }
}
