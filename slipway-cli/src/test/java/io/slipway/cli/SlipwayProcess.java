package io.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as a process of its own, so that it can be killed. */
final class SlipwayProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path output;

    private SlipwayProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code slipway} with arguments; both outputs go to one file in the folder. */
    static SlipwayProcess start(Path folder, String... arguments) {
        return start(folder, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"), arguments);
    }

    /** Starts {@code slipway} in a JVM with options of its own. */
    static SlipwayProcess start(Path folder, List<String> jvmOptions, String... arguments) {
        return start(folder, Slipway.class, jvmOptions, arguments);
    }

    /** Starts a main class in a JVM with options of its own. */
    static SlipwayProcess start(Path folder, Class<?> main, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new SlipwayProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the process to end by itself, but no longer than so many milliseconds; returns whether it did. */
    boolean awaitEnd(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the process to end by itself. */
    int exitCode() {
        if (!awaitEnd(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))) {
            throw new IllegalStateException("It does not end. It said: " + output());
        }
        return process.exitValue();
    }

    /** Waits until it has said something, and returns the first group of that. */
    String awaitOutput(Pattern pattern) {
        AtomicReference<String> said = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> {
            Matcher matcher = pattern.matcher(output());
            boolean isSaid = matcher.find();
            if (isSaid) {
                said.set(matcher.group(1));
            }
            assertThat(isSaid || process.isAlive())
                    .as("whether it goes on; it said: %s", output())
                    .isTrue();
            return isSaid;
        });
        return said.get();
    }

    /** The operating system's number for it. */
    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    /** What it has said so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
