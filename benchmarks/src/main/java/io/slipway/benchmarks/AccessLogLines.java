package io.slipway.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes an access log in the combined format: about 200 bytes a line, 50,000 paths whose frequencies fall as 1/rank,
 * 20,000 hosts, 8 agents; the same for the same number of lines. Usage: {@code AccessLogLines LINES FILE}.
 */
public final class AccessLogLines {

    private static final long SEED = 20150517;
    private static final int PATHS = 50_000;
    private static final int HOSTS = 20_000;
    private static final int AGENTS = 8;
    private static final int LINES_A_SECOND = 50;
    private static final int SECONDS_A_DAY = 86_400;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int[] STATUS = {200, 200, 200, 200, 200, 200, 304, 304, 404, 301};

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final String[] paths = new String[PATHS];
    private final double[] shares = new double[PATHS];

    private AccessLogLines() {
        double sum = 0;
        for (int i = 0; i < PATHS; i++) {
            paths[i] = "/" + "articles/blog/images/style".substring(0, 8 + random.nextInt(16)) + "/item-"
                    + random.nextInt(1_000_000) + "-" + i + (i % 3 == 0 ? ".html" : "");
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
        for (int i = 0; i < PATHS; i++) {
            shares[i] /= sum;
        }
    }

    /** Writes the file. */
    public static void main(String[] args) throws IOException {
        AccessLogLines lines = new AccessLogLines();
        long count = Long.parseLong(args[0]);
        StringBuilder text = new StringBuilder(BUFFER_BYTES + 1024);
        try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            for (long i = 0; i < count; i++) {
                lines.append(i, text);
                if (text.length() >= BUFFER_BYTES || i == count - 1) {
                    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                    text.setLength(0);
                }
            }
        }
    }

    private void append(long number, StringBuilder out) {
        int host = random.nextInt(HOSTS);
        long second = number / LINES_A_SECOND;
        long inDay = second % SECONDS_A_DAY;
        out.append("10.")
                .append(host % 7)
                .append('.')
                .append(host / 256)
                .append('.')
                .append(host % 256);
        out.append(" - - [");
        two(second / SECONDS_A_DAY % 28 + 1, out);
        out.append("/May/2015:");
        two(inDay / 3600, out);
        out.append(':');
        two(inDay / 60 % 60, out);
        out.append(':');
        two(inDay % 60, out);
        out.append(" +0000] \"GET ").append(path()).append(" HTTP/1.1\" ");
        out.append(STATUS[random.nextInt(STATUS.length)]).append(' ').append(random.nextInt(200_000));
        out.append(" \"http://www.example.com/\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/32.0.");
        out.append(1700 + random.nextInt(AGENTS)).append("\"\n");
    }

    private String path() {
        int found = Arrays.binarySearch(shares, random.nextDouble());
        return paths[Math.min(PATHS - 1, found < 0 ? -found - 1 : found)];
    }

    private static void two(long number, StringBuilder out) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
