package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A dataset's life with a fault at each call that it makes to the storage and to the disk, in turn: whatever fails, after
 * recovery and a repeat of the command everything is as if nothing had failed.
 */
class CrashPointTest {

    private static final int SAMPLED = 28;

    /** Points of which one is to be looked at: {@code -Dslipway.point="KILL at 'disk: sync"}. */
    private static final String ONLY = System.getProperty("slipway.point", "");

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private FinalState expected;
    private List<CrashPoint> points;

    @BeforeAll
    static void beQuiet() {
        log().setLevel(Level.OFF);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            if (!(e instanceof ProcessDiedError)) {
                e.printStackTrace();
            }
        });
    }

    @AfterAll
    static void beLoud() {
        log().setLevel(null);
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @BeforeEach
    void liveWithoutAFault() throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        LifeRun run = LifeRun.whole(whole);
        long start = System.nanoTime();
        expected = run.live();
        System.out.println("Without a fault: " + run.faults().calls() + " calls, "
                + run.watch().looks() + " looks, " + (System.nanoTime() - start) / 1_000_000 + " ms");
        points = CrashPoint.of(run.faults().made()).stream()
                .filter(point -> point.toString().contains(ONLY))
                .toList();
        ProcessFolder.deleteTree(whole);
    }

    @Test
    void aFaultAtAnyCallChangesNothingOfALife() throws IOException {
        long seed = new Random().nextInt(1_000_000);
        int stride = Math.max(1, points.size() / SAMPLED);
        int offset = new Random(seed).nextInt(stride);
        System.out.println("Every " + stride + "th point from point " + offset + ", seed " + seed);
        run(stride, offset);
    }

    @Test
    @Tag("long")
    void aFaultAtEachCallChangesNothingOfALife() throws IOException {
        run(1, 0);
    }

    private void run(int stride, int offset) throws IOException {
        long start = System.nanoTime();
        Map<String, Integer> ran = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        List<CrashPoint> unreached = new ArrayList<>();
        for (int i = offset; i < points.size(); i += stride) {
            CrashPoint point = points.get(i);
            Path life = Files.createDirectory(folder.resolve("life-" + i));
            LifeRun run = LifeRun.with(point, life);
            try {
                assertThat(run.live().differences(expected))
                        .as("what is left with %s", point)
                        .isEmpty();
            } catch (AssertionError e) {
                failures.add(point + ": " + e.getMessage());
                System.out.println(point + ": " + e.getMessage());
            }
            if (!run.faults().reached()) {
                unreached.add(point);
            }
            ran.merge(point.kind() + " " + point.operation(), 1, Integer::sum);
            ProcessFolder.deleteTree(life);
        }
        System.out.println(ran.values().stream().mapToInt(count -> count).sum() + " lives took "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        ran.forEach((what, count) -> System.out.println(what + ": " + count));
        System.out.println(
                "Points: " + ran.values().stream().mapToInt(count -> count).sum() + " of " + points.size()
                        + ", not reached: " + unreached);
        assertThat(failures).as("points that failed").isEmpty();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger("io.slipway");
    }
}
