package io.slipway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code slipway serve} as a process of its own, which answers.
 *
 * @param process the process
 * @param served what it serves
 */
record NodeProcess(SlipwayProcess process, MarkedReads served) implements AutoCloseable {

    private static final Pattern READS = Pattern.compile("Serving .* at (http://\\S+)");
    private static final Pattern ADMIN = Pattern.compile("Administration at (http://\\S+)");

    static NodeProcess start(Path folder, List<String> jvmOptions, List<String> arguments) {
        SlipwayProcess process = SlipwayProcess.start(folder, jvmOptions, arguments.toArray(String[]::new));
        boolean started = false;
        try {
            URI admin = URI.create(process.awaitOutput(ADMIN));
            URI reads = URI.create(process.awaitOutput(READS));
            started = true;
            return new NodeProcess(process, new MarkedReads(reads, admin));
        } finally {
            if (!started) {
                process.close();
            }
        }
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
