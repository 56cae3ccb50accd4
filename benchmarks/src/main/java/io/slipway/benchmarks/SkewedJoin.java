package io.slipway.benchmarks;

import io.slipway.batch.Collected;
import io.slipway.batch.Emitter;
import io.slipway.batch.Flow;
import io.slipway.batch.Job;
import io.slipway.batch.JobResult;
import io.slipway.batch.KeyedFlow;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Brings a file of {@link SkewedLines} together with itself, checks the sums of the result, and prints how many lines were
 * read, and how many bytes spilled. Usage: {@code SkewedJoin KIND RECORDS FILE SCRATCH}; the memory is the launcher's
 * property. The kinds: {@code co-group}; {@code heavy-left} and {@code heavy-right} are joins in which the other side has
 * only the first line of the heavy key.
 */
public final class SkewedJoin {

    private static final long FIRST_HEAVY = 1;

    private SkewedJoin() {}

    /** A line. */
    record Line(String key, long number, String rest) {

        static Line of(String text) {
            int numberEnd = MadeRecords.KEY_BYTES + SkewedLines.NUMBER_DIGITS;
            return new Line(
                    text.substring(0, MadeRecords.KEY_BYTES),
                    Long.parseLong(text, MadeRecords.KEY_BYTES, numberEnd, 10),
                    text.substring(numberEnd));
        }

        boolean isLightOrFirst() {
            return !key.equals(SkewedLines.HEAVY_KEY) || number == FIRST_HEAVY;
        }
    }

    /** How many pairs there are, and what the numbers of the lines on either side sum up to. */
    record Sums(long pairs, long left, long right) {

        Sums plus(Sums other) {
            return new Sums(pairs + other.pairs, left + other.left, right + other.right);
        }
    }

    /** Runs the job. */
    public static void main(String[] args) {
        long records = Long.parseLong(args[1]);
        Job job = Job.named("skewed-join");
        Flow<Line> left = lines(job, args[2]);
        Flow<Line> right = lines(job, args[2]);
        Flow<Sums> parts = switch (args[0]) {
            case "co-group" -> byKey(left).coGroup(byKey(right), SkewedJoin::pair, Type.of(Sums.class));
            case "heavy-left" -> join(left, right.filter(Line::isLightOrFirst));
            case "heavy-right" -> join(left.filter(Line::isLightOrFirst), right);
            default -> throw new IllegalArgumentException(args[0] + " is no kind");
        };
        Collected<Sums> sums = parts.keyBy(any -> true)
                .reduce(Sums::plus)
                .map((any, sum) -> sum)
                .collect();
        JobResult result = LauncherEngine.in(args[3]).run(job);
        check(result.of(sums), expected(args[0], records));
        System.out.println(result.recordsIn() + " " + result.spilledBytes());
    }

    private static Flow<Line> lines(Job job, String file) {
        return job.read(TextLines.files(List.of(Path.of(file)))).map(Line::of);
    }

    private static KeyedFlow<String, Line> byKey(Flow<Line> lines) {
        return lines.keyBy(Line::key);
    }

    private static Flow<Sums> join(Flow<Line> left, Flow<Line> right) {
        return byKey(left)
                .join(byKey(right), (one, other) -> new Sums(1, one.number(), other.number()))
                .map((key, sums) -> sums);
    }

    private static void pair(String key, Iterator<Line> left, Iterator<Line> right, Emitter<Sums> out) {
        Sums ofLeft = sum(left);
        Sums ofRight = sum(right);
        out.emit(new Sums(ofLeft.pairs() * ofRight.pairs(), ofLeft.left(), ofRight.left()));
    }

    /** The sums of one side alone, as if it were the left. */
    private static Sums sum(Iterator<Line> lines) {
        long count = 0;
        long sum = 0;
        while (lines.hasNext()) {
            count++;
            sum += lines.next().number();
        }
        return new Sums(count, sum, 0);
    }

    /** Of an even number of lines, the light half has the even numbers. */
    private static Sums expected(String kind, long records) {
        long half = records / 2;
        long all = half * (records - 1);
        long lightAndFirst = half * (half - 1) + half * FIRST_HEAVY;
        return switch (kind) {
            case "co-group" -> new Sums(half + half * half, all, all);
            case "heavy-left" -> new Sums(records, all, lightAndFirst);
            default -> new Sums(records, lightAndFirst, all);
        };
    }

    private static void check(List<Sums> found, Sums expected) {
        if (!found.equals(List.of(expected))) {
            throw new IllegalStateException("The join gave " + found + ", expected " + expected);
        }
    }
}
