package io.slipway.benchmarks;

import io.slipway.controller.Operations;
import io.slipway.model.DatasetName;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.repository.Repository;
import io.slipway.model.storage.LocalFolderStorage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Swaps two versions of the dataset {@code made} for each other while a reader asks a node for one key every 0.2 ms. Usage: {@code SwapTimes server ADMIN|catalog REPOSITORY PORT KEY SWAPS}: a running server is asked for the swaps,
 * or they are written to the catalog by this process, as by {@code slipway swap --repository}. Prints a line for each swap
 * after the first thirty, in milliseconds: from the request until it was acknowledged, which is after the catalog is
 * written; from the request until the reader had the other version; and the one from the other.
 */
public final class SwapTimes {

    private static final int WARM_UP_SWAPS = 30;
    private static final long PAUSE_MILLIS = 50;
    private static final long READ_EVERY_NANOS = 200_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final DatasetName MADE = new DatasetName("made");

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private volatile boolean done;

    private SwapTimes() {}

    /**
     * What the reader got that it had not got before.
     *
     * @param nanos when
     */
    private record Seen(long version, long nanos) {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        SwapTimes times = new SwapTimes();
        int port = Integer.parseInt(args[2]);
        String path = "/v1/datasets/made/records/" + args[3];
        int swaps = Integer.parseInt(args[4]);
        Thread reader = new Thread(() -> times.read(port, path));
        reader.start();
        if (args[0].equals("server")) {
            HttpClient http = HttpClient.newHttpClient();
            times.measure(swaps, number -> post(http, args[1], number));
        } else {
            try (LocalFolderStorage storage = new LocalFolderStorage(Path.of(args[1]))) {
                InstantSource clock = InstantSource.system();
                Operations operations = new Operations(
                        new Repository(storage, clock, () -> UUID.randomUUID().toString(), "benchmark"),
                        new CatalogStore(storage, clock, () -> UUID.randomUUID().toString()),
                        clock);
                times.measure(swaps, number -> operations.swap(MADE, number, "benchmark", ""));
            }
        }
        times.done = true;
        reader.join();
    }

    private void measure(int swaps, Swap swap) throws Exception {
        long current = seen.take().version();
        for (int i = 1 - WARM_UP_SWAPS; i <= swaps; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            long start = System.nanoTime();
            swap.to(3 - current);
            long acknowledged = System.nanoTime();
            Seen next = seen.take();
            current = next.version();
            if (i > 0) {
                System.out.println(millis(start, acknowledged) + " " + millis(start, next.nanos()) + " "
                        + millis(acknowledged, next.nanos()));
            }
        }
    }

    private static String millis(long from, long to) {
        return String.format(Locale.ROOT, "%.2f", (to - from) / NANOS_PER_MILLI);
    }

    private void read(int port, String path) {
        long last = 0;
        try (LookupConnection node = new LookupConnection(port)) {
            while (!done) {
                long version = node.get(path).version();
                if (version != last) {
                    seen.add(new Seen(version, System.nanoTime()));
                    last = version;
                }
                LockSupport.parkNanos(READ_EVERY_NANOS);
            }
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }

    private static void post(HttpClient http, String admin, long number) throws IOException, InterruptedException {
        URI uri = URI.create(admin + "/v1/datasets/made/versions/" + number + ":swap?who=benchmark");
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("The server answers " + status);
        }
    }

    @FunctionalInterface
    private interface Swap {
        void to(long number) throws IOException, InterruptedException;
    }
}
