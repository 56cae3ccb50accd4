package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one partition of all runs of a shuffle in one order, in bounded memory. */
public final class ShuffleReader {

    private static final int LEAST_FAN_IN = 2;
    /** More files than that a process had better not have open. */
    private static final int MOST_FAN_IN = 512;

    private ShuffleReader() {}

    /**
     * Opens a cursor over one partition.
     *
     * @param settings where and how runs are read
     * @param memoryBytes how much memory the cursor may take; where that is too little for all runs, some are merged
     *     first
     * @param runs the runs; of equal keys, those of an earlier run come first
     * @param partition the partition
     * @param combiner combines in the runs that are merged first
     */
    public static RecordCursor open(
            ShuffleSettings settings, long memoryBytes, List<Run> runs, int partition, Optional<Combiner> combiner)
            throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Run run : runs) {
            if (run.records(partition) > 0) {
                segments.add(Segment.of(run, partition, Segment.Life.SHARED));
            }
        }
        return merge(settings, memoryBytes, segments, combiner);
    }

    /**
     * Opens a cursor over a range of the keys of runs that a {@linkplain ShuffleWriter#sliced sliced} writer made.
     *
     * @param settings where and how runs are read
     * @param memoryBytes how much memory the cursor may take
     * @param runs the runs; of equal keys, those of an earlier run come first
     * @param range the range
     */
    public static RecordCursor open(ShuffleSettings settings, long memoryBytes, List<Run> runs, KeyRange range)
            throws IOException {
        List<Segment> segments = new ArrayList<>();
        runs.forEach(run -> segmentOf(run, range).ifPresent(segments::add));
        return new RangeCursor(merge(settings, memoryBytes, segments, Optional.empty()), range);
    }

    /** The slices of a run that may have keys of a range. */
    private static Optional<Segment> segmentOf(Run run, KeyRange range) {
        List<byte[]> samples = run.samples();
        int first = 0;
        while (first + 1 < samples.size() && range.isAfter(samples.get(first + 1))) {
            first++;
        }
        int end = first;
        while (end < samples.size() && range.reaches(samples.get(end))) {
            end++;
        }
        return end == first ? Optional.empty() : Optional.of(new Segment(run, first, end - 1, Segment.Life.SHARED));
    }

    private static RecordCursor merge(
            ShuffleSettings settings, long memoryBytes, List<Segment> all, Optional<Combiner> combiner)
            throws IOException {
        List<Segment> segments = all;
        while (!fits(settings, memoryBytes, segments)) {
            segments = mergeSome(settings, memoryBytes, segments, combiner);
        }
        return merge(settings, segments);
    }

    private static boolean fits(ShuffleSettings settings, long memoryBytes, List<Segment> segments) {
        return endOfGroup(settings, memoryBytes, segments, 0) == segments.size();
    }

    /** Merges neighbours, so that of equal keys the order stays. */
    private static List<Segment> mergeSome(
            ShuffleSettings settings, long memoryBytes, List<Segment> segments, Optional<Combiner> combiner)
            throws IOException {
        List<Segment> merged = new ArrayList<>();
        int from = 0;
        while (from < segments.size()) {
            List<Segment> some = segments.subList(from, endOfGroup(settings, memoryBytes, segments, from));
            merged.add(some.size() == 1 ? some.get(0) : mergeToFile(settings, some, combiner));
            from += some.size();
        }
        return merged;
    }

    /** How far the segments from one on can be read at once; as many as it takes to get ahead at least. */
    private static int endOfGroup(ShuffleSettings settings, long memoryBytes, List<Segment> segments, int from) {
        long bytes = 0;
        int end = from;
        while (end < segments.size() && end - from < MOST_FAN_IN) {
            bytes += settings.readingBytes(segments.get(end).run());
            if (bytes > memoryBytes && end - from >= LEAST_FAN_IN) {
                break;
            }
            end++;
        }
        return end;
    }

    private static Segment mergeToFile(ShuffleSettings settings, List<Segment> segments, Optional<Combiner> combiner)
            throws IOException {
        Path file = settings.scratch().newFile("merge");
        long records = 0;
        try (RecordCursor cursor = merge(settings, segments);
                RunWriter writer = new RunWriter(file, settings.scratch().write(file), 1, settings.blockBytes())) {
            CombiningWriter combining = combiner.isPresent() ? new CombiningWriter(writer, combiner.get()) : null;
            while (cursor.next()) {
                records++;
                if (combining == null) {
                    append(cursor, writer);
                } else {
                    append(cursor, combining);
                }
            }
            if (combining != null) {
                combining.flush();
            }
            Run run = writer.finish();
            settings.metrics().add(records, writer.bytes());
            return Segment.of(run, 0, Segment.Life.OWN);
        } catch (IOException | RuntimeException e) {
            settings.scratch().delete(file);
            throw e;
        }
    }

    private static void append(RecordCursor from, RunWriter to) throws IOException {
        to.append(
                0,
                from.keyArray(),
                from.keyOffset(),
                from.keyLength(),
                from.valueArray(),
                from.valueOffset(),
                from.valueLength());
    }

    private static void append(RecordCursor from, CombiningWriter to) throws IOException {
        to.append(
                0,
                from.keyArray(),
                from.keyOffset(),
                from.keyLength(),
                from.valueArray(),
                from.valueOffset(),
                from.valueLength());
    }

    /** Opens the segments; the files of merges are deleted, since an open one stays readable until it is closed. */
    private static RecordCursor merge(ShuffleSettings settings, List<Segment> segments) throws IOException {
        List<RunCursor> cursors = new ArrayList<>();
        try {
            for (Segment segment : segments) {
                cursors.add(segment.open(settings));
            }
        } catch (IOException | RuntimeException e) {
            cursors.forEach(RunCursor::close);
            throw e;
        } finally {
            segments.forEach(segment -> segment.release(settings.scratch()));
        }
        return switch (cursors.size()) {
            case 0 -> new EmptyCursor();
            case 1 -> cursors.get(0);
            default -> new MergeCursor(cursors);
        };
    }
}
