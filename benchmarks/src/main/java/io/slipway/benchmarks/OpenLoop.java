package io.slipway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests for the dataset {@code users}, small {@link UserRecords}, on a schedule: they arrive at random (by a Poisson
 * process of a given rate), whether or not those before are answered. Usage: {@code OpenLoop PORT RECORDS RATE SECONDS
 * CONNECTIONS KIND[=SHARE]...}, each kind a {@link UserRequest} by its name, with its share of all requests, 1 unless given.
 * For a rate of 0 each connection sends one after the other.
 *
 * <p><b>How it measures.</b> A request is sent when it is due, on a connection that is free. While none is free it waits, and
 * its latency counts from when it was due: so a reply that takes long is also a wait for those behind it, as it is for
 * readers (no coordinated omission). That the generator's own threads wake up late counts as well. The first five seconds do
 * not count. Prints p50, p99, p99.9 and the longest latency in milliseconds, the replies a second, and what {@link Tally}
 * prints. Fails if a reply was not right.
 */
public final class OpenLoop {

    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double[] SHARES = {0.5, 0.99, 0.999, 1};

    private final int port;
    private final long records;
    private final Schedule schedule;
    private final Map<UserRequest, Integer> kinds;

    private OpenLoop(int port, long records, Schedule schedule, Map<UserRequest, Integer> kinds) {
        this.port = port;
        this.records = records;
        this.schedule = schedule;
        this.kinds = kinds;
    }

    /** Sends them. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        double rate = Double.parseDouble(args[2]);
        long seconds = Long.parseLong(args[3]);
        int connections = Integer.parseInt(args[4]);
        OpenLoop loop = new OpenLoop(
                Integer.parseInt(args[0]), Long.parseLong(args[1]), new Schedule(rate, seconds), kinds(args));
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<Tally>> tallies = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            SplittableRandom random = new SplittableRandom(i);
            tallies.add(threads.submit(() -> loop.send(random)));
        }
        Tally all = new Tally();
        for (Future<Tally> tally : tallies) {
            all.add(tally.get());
        }
        threads.shutdown();
        StringBuilder line = new StringBuilder();
        for (double share : SHARES) {
            line.append(all.latencies().millis(share)).append(' ');
        }
        double reached = all.latencies().count() / (double) seconds;
        System.out.println(line + String.format(Locale.ROOT, "%.0f ", reached) + all);
        System.exit(all.isRight() ? 0 : 1);
    }

    private static Map<UserRequest, Integer> kinds(String[] args) {
        Map<UserRequest, Integer> kinds = new EnumMap<>(UserRequest.class);
        for (int i = 5; i < args.length; i++) {
            String[] kind = args[i].split("=", 2);
            kinds.put(
                    UserRequest.valueOf(kind[0].toUpperCase(Locale.ROOT)),
                    kind.length == 1 ? 1 : Integer.parseInt(kind[1]));
        }
        return kinds;
    }

    /** Sends what is due until nothing will be; a connection that breaks is an error, and made again. */
    private Tally send(SplittableRandom random) throws IOException {
        Tally tally = new Tally();
        boolean more = true;
        while (more) {
            try (LookupConnection connection = new LookupConnection(port)) {
                more = send(connection, random, tally);
            } catch (IOException e) {
                tally.error(e);
            }
        }
        return tally;
    }

    private boolean send(LookupConnection connection, SplittableRandom random, Tally tally) throws IOException {
        for (long due = schedule.next(); due != Schedule.OVER; due = schedule.next()) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            choose(random).send(connection, records, random, tally);
            if (schedule.counts(due)) {
                tally.took(System.nanoTime() - due);
            }
        }
        return false;
    }

    private UserRequest choose(SplittableRandom random) {
        int shares = kinds.values().stream().mapToInt(Integer::intValue).sum();
        int left = random.nextInt(shares);
        for (Map.Entry<UserRequest, Integer> kind : kinds.entrySet()) {
            left -= kind.getValue();
            if (left < 0) {
                return kind.getKey();
            }
        }
        throw new IllegalStateException("There is no kind of request");
    }

    /** When requests are due. Thread-safe. */
    private static final class Schedule {

        static final long OVER = Long.MAX_VALUE;

        private final SplittableRandom random = new SplittableRandom(17);
        private final double rate;
        private final long counted = System.nanoTime() + WARM_UP_NANOS;
        private final long end;
        private long due = System.nanoTime();

        Schedule(double rate, long seconds) {
            this.rate = rate;
            end = counted + TimeUnit.SECONDS.toNanos(seconds);
        }

        /** When the next request is due, or {@link #OVER}. */
        synchronized long next() {
            due = rate == 0 ? System.nanoTime() : due + (long) (-Math.log(1 - random.nextDouble()) / rate * NANOS);
            return due < end ? due : OVER;
        }

        boolean counts(long when) {
            return when >= counted;
        }
    }
}
