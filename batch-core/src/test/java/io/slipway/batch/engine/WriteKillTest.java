package io.slipway.batch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.batch.Job;
import io.slipway.batch.format.Records;
import io.slipway.batch.format.TextLines;
import io.slipway.batch.type.Type;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that replaces an output again and again is killed: what is there is one whole output. */
@Tag("long")
class WriteKillTest {

    private static final int LINES = 3000;
    private static final int KILLS = 25;

    @TempDir
    Path folder;

    @Test
    void aKilledProcessLeavesOneWholeOutput() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path out = folder.resolve("out");
        replace(out, -1);

        for (int kill = 0; kill < KILLS; kill++) {
            killAfter(random.nextInt(40_000_000), out);

            if (Files.exists(out)) {
                assertThat(generations(out)).as("kill %d, seed %d", kill, seed).hasSize(1);
            }
            recover(out);
            assertThat(generations(out)).as("kill %d, seed %d", kill, seed).hasSize(1);
            assertThat(WriteTest.names(folder))
                    .as("kill %d, seed %d", kill, seed)
                    .containsExactly("out", "scratch");
        }
    }

    /** Starts a process that replaces the output, and kills it some time after it has done so once. */
    private void killAfter(long nanos, Path out) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replacer.class.getName(),
                        out.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("replaced");
            LockSupport.parkNanos(nanos);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A run that is refused, after it has cleaned up. */
    private static void recover(Path out) {
        Job job = Job.named("recover");
        job.read(Records.of(List.of("text"), Type.of(String.class)))
                .filter(text -> {
                    throw new io.slipway.model.InvalidInputException("only recovers");
                })
                .write(TextLines.to(out).replacing());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> engine(out).run(job))
                .hasMessage("only recovers");
    }

    /** Which generations the lines are of; fails if lines are missing. */
    private static Set<String> generations(Path out) throws IOException {
        Set<String> generations = new TreeSet<>();
        long lines = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    generations.add(line.substring(0, line.indexOf(' ')));
                    lines++;
                }
            }
        }
        assertThat(lines).isEqualTo(LINES);
        return generations;
    }

    static void replace(Path out, int generation) {
        Job job = Job.named("replace");
        List<String> lines =
                IntStream.range(0, LINES).mapToObj(i -> generation + " " + i).toList();
        job.read(Records.of(lines, Type.of(String.class)).inParts(3))
                .write(TextLines.to(out).replacing());
        engine(out).run(job);
    }

    private static EmbeddedEngine engine(Path out) {
        return EmbeddedEngine.builder()
                .memoryBytes(1 << 20)
                .parallelism(2)
                .scratch(out.resolveSibling("scratch"))
                .build();
    }

    /** The process that is killed. */
    static final class Replacer {

        private Replacer() {}

        public static void main(String[] arguments) {
            for (int generation = 0; ; generation++) {
                replace(Path.of(arguments[0]), generation);
                if (generation == 0) {
                    System.out.println("replaced");
                }
            }
        }
    }
}
