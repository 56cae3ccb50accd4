package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A life on a disk that is full at some point, for every size of the disk in turn up to that at which it all fits. Once
 * there is space again, a repeat of the command goes on, and everything ends as on a large disk. Needs to mount a small
 * file system in memory, which only root may.
 */
class FullDiskTest {

    private static final int PAGE_KIB = 4;
    private static final int LEAST_KIB = 8 * PAGE_KIB;
    private static final int AMPLE_KIB = 64 << 10;
    private static final int SAMPLED_STEP_KIB = 15 * PAGE_KIB;

    @TempDir
    private Path folder;

    private FinalState expected;

    @BeforeEach
    void mountAndLiveOnALargeDisk() throws IOException {
        ((Logger) LoggerFactory.getLogger("io.slipway")).setLevel(Level.OFF);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", size(AMPLE_KIB), "tmpfs", folder.toString()),
                "No small file system can be mounted here: that needs root and a Linux that lets it. The full disk is"
                        + " not tested.");
        expected = LifeRun.whole(Files.createDirectory(folder.resolve("life"))).live();
        unmountFolder();
    }

    /** Works only if no file of it is open in this process any more. */
    private void unmountFolder() {
        run("umount", folder.toString());
    }

    @AfterEach
    void unmount() {
        ((Logger) LoggerFactory.getLogger("io.slipway")).setLevel(null);
        unmountFolder();
    }

    @Test
    void onADiskThatIsFullNothingIsLostOrHalfDone() throws IOException {
        long seed = new Random().nextInt(1_000_000);
        int offset = new Random(seed).nextInt(SAMPLED_STEP_KIB / PAGE_KIB) * PAGE_KIB;
        System.out.println(
                "Disks of each " + SAMPLED_STEP_KIB + "th KiB from " + (LEAST_KIB + offset) + ", seed " + seed);
        liveOnDisksFrom(LEAST_KIB + offset, SAMPLED_STEP_KIB);
    }

    @Test
    @Tag("long")
    void onADiskThatIsFullAtAnyPageNothingIsLostOrHalfDone() throws IOException {
        liveOnDisksFrom(LEAST_KIB, PAGE_KIB);
    }

    private void liveOnDisksFrom(int leastKib, int stepKib) throws IOException {
        int kib = leastKib;
        while (isFullOnADiskOf(kib)) {
            kib += stepKib;
        }
        System.out.println(
                "Full disks: " + (kib - leastKib) / stepKib + ", the first that suffices has " + kib + " KiB");
        assertThat(kib).as("disks that were full").isGreaterThan(leastKib + 2 * stepKib);
    }

    private boolean isFullOnADiskOf(int kib) throws IOException {
        assertThat(run("mount", "-t", "tmpfs", "-o", size(kib), "tmpfs", folder.toString()))
                .isTrue();
        try {
            AtomicBoolean wasFull = new AtomicBoolean();
            FinalState end = LifeRun.mended(Files.createDirectory(folder.resolve("life")), () -> {
                        wasFull.set(true);
                        assertThat(run("mount", "-o", "remount," + size(AMPLE_KIB), folder.toString()))
                                .isTrue();
                    })
                    .live();
            assertThat(end.differences(expected))
                    .as("what is left on a disk that had %d KiB first", kib)
                    .isEmpty();
            return wasFull.get();
        } finally {
            unmountFolder();
        }
    }

    private static String size(int kib) {
        return "size=" + kib + "k";
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
