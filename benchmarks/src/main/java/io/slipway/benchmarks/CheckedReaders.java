package io.slipway.benchmarks;

import io.slipway.benchmarks.LookupConnection.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the dataset {@code made} as fast as replies come, and checks each one, while its versions are swapped: odd ones
 * hold the first day's records, even ones those of the day {@code close}. Half of the lookups are for keys that are not
 * the same on both. Usage: {@code CheckedReaders PORT RECORDS CONNECTIONS STOP}; ends when there is a file {@code STOP},
 * and prints, as cells of a table: replies; those of even versions; changes of version that were seen; errors; replies
 * with the value of another version than they say; other wrong replies; replies of an older catalog than the one before
 * on the same connection; p50, p99 and the longest latency in milliseconds. Fails if one was not right.
 */
public final class CheckedReaders {

    private static final int ASK_EVERY = 256;

    private final int port;
    private final MadeDay first;
    private final MadeDay close;
    private final Path stop;

    private CheckedReaders(int port, long records, Path stop) {
        this.port = port;
        this.first = MadeDay.first(records);
        this.close = MadeDay.later("close", records);
        this.stop = stop;
    }

    /** Reads. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        CheckedReaders readers =
                new CheckedReaders(Integer.parseInt(args[0]), Long.parseLong(args[1]), Path.of(args[3]));
        int connections = Integer.parseInt(args[2]);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<Tally>> tallies = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            SplittableRandom random = new SplittableRandom(i);
            tallies.add(threads.submit(() -> readers.read(random)));
        }
        Tally all = new Tally();
        for (Future<Tally> tally : tallies) {
            all.add(tally.get());
        }
        threads.shutdown();
        Latencies latencies = all.latencies();
        System.out.println(
                all + " " + latencies.millis(0.5) + " " + latencies.millis(0.99) + " " + latencies.millis(1));
        System.exit(all.isRight() ? 0 : 1);
    }

    private Tally read(SplittableRandom random) throws IOException {
        Tally tally = new Tally();
        byte[] line = new byte[MadeRecords.LINE_BYTES];
        try (LookupConnection connection = new LookupConnection(port)) {
            for (long i = 0; i % ASK_EVERY != 0 || !Files.exists(stop); i++) {
                long number = choose(random);
                MadeRecords.fill(number, line);
                String path = "/v1/datasets/made/records/"
                        + new String(line, 0, MadeRecords.KEY_BYTES, StandardCharsets.US_ASCII);
                long start = System.nanoTime();
                Reply reply = connection.get(path);
                tally.took(System.nanoTime() - start);
                judge(number, reply, tally, line);
            }
        } catch (IOException e) {
            tally.error(e);
        }
        return tally;
    }

    /** A number of either day, in half of all cases one that is not on both, or not with the same value. */
    private long choose(SplittableRandom random) {
        long number = random.nextLong(first.records());
        if (random.nextBoolean()) {
            return number;
        }
        return switch (random.nextInt(3)) {
            case 0 -> number - number % close.changedOf() + 1;
            case 1 -> number - number % close.goneOf();
            default -> close.replacement(number - number % close.goneOf());
        };
    }

    private void judge(long number, Reply reply, Tally tally, byte[] line) {
        if ((reply.status() != 200 && reply.status() != 404) || reply.version() == 0) {
            tally.error(reply);
            return;
        }
        boolean isEven = reply.version() % 2 == 0;
        String body = reply.status() == 404 ? "none" : reply.body();
        String onFirst = expected(first, number, line);
        String onClose = expected(close, number, line);
        if (!body.equals(isEven ? onClose : onFirst)) {
            if (body.equals(isEven ? onFirst : onClose)) {
                tally.mixed(reply);
            } else {
                tally.wrong(reply);
            }
        }
        tally.follow(reply, true);
    }

    private String expected(MadeDay day, long number, byte[] line) {
        boolean isThere = number < day.records() ? !day.isGone(number) : day.isNew(number);
        if (!isThere) {
            return "none";
        }
        day.fill(number, line);
        return "{\"v\":\""
                + new String(line, MadeRecords.KEY_BYTES, MadeRecords.VALUE_BYTES, StandardCharsets.US_ASCII)
                + "\"}";
    }
}
