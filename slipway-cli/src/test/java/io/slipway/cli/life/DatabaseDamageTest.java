package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.model.catalog.VersionState;
import io.slipway.model.storage.ProcessFolder;
import io.slipway.testkit.Faults;
import io.slipway.testkit.MemoryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each file that a node has on its disk, RocksDB's own among them, lost, emptied, cut short or damaged while the node is
 * down: it starts again, answers right or not at all, and fetches again what is gone, until all is as it was. A full
 * version is retained, and a delta on it is current, which shares its files.
 */
class DatabaseDamageTest {

    private static final int SAMPLED = 9;

    /** How far readers are once the delta is current. */
    private static final int SEEN = 5;

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private Path whole;
    private List<Path> files;

    private enum Damage {
        LOST,
        EMPTIED,
        CUT_SHORT,
        FLIPPED;

        void to(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            switch (this) {
                case LOST -> {}
                case EMPTIED -> Files.write(file, new byte[0]);
                case CUT_SHORT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                case FLIPPED -> {
                    for (int i = 0; i < bytes.length; i += 16) {
                        bytes[i] ^= 1;
                    }
                    Files.write(file, bytes);
                }
            }
        }
    }

    @BeforeEach
    void live() throws IOException {
        whole = Files.createDirectory(folder.resolve("whole"));
        Watch watch = new Watch();
        Surroundings surroundings = new Surroundings(whole);
        try (LiveProcess process = new LiveProcess(surroundings, Faults.none(), watch, new HashMap<>())) {
            for (Life.Step step : Life.STEPS) {
                if (step.seen() <= SEEN) {
                    watch.allow(step.seen());
                    step.command().run(process);
                    process.settle();
                }
            }
        }
        surroundings.disk().unmount();
        try (Stream<Path> data = Files.walk(surroundings.dataFolder())) {
            files = data.filter(Files::isRegularFile)
                    .map(whole::relativize)
                    .filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .toList();
        }
        assertThat(files.stream().filter(file -> file.toString().endsWith(".sst")))
                .as("files of records of two versions")
                .hasSizeGreaterThan(4);
    }

    @Test
    void whateverFileOfANodeIsDamagedItNeverAnswersWrong() throws IOException {
        long seed = new Random().nextInt(1_000_000);
        int stride = Math.max(1, files.size() * Damage.values().length / SAMPLED);
        int offset = new Random(seed).nextInt(stride);
        System.out.println("Every " + stride + "th point from point " + offset + ", seed " + seed);
        damage(stride, offset);
    }

    @Test
    @Tag("long")
    void whicheverFileOfANodeIsDamagedItNeverAnswersWrong() throws IOException {
        damage(1, 0);
    }

    private void damage(int stride, int offset) throws IOException {
        List<String> results = new ArrayList<>();
        int point = 0;
        for (Path file : files) {
            for (Damage damage : Damage.values()) {
                if (point++ % stride == offset) {
                    results.add(damage + " " + file + ": " + damage(file, damage));
                }
            }
        }
        results.forEach(System.out::println);
        System.out.println("Points: " + results.size() + " of " + point);
    }

    private String damage(Path file, Damage damage) throws IOException {
        Path copy = folder.resolve("copy");
        copy(whole, copy);
        damage.to(copy.resolve(file));
        Surroundings surroundings = new Surroundings(copy);
        Watch watch = new Watch();
        watch.allow(SEEN);
        watch.allowFailures();
        watch.allowUnready();
        String what = damage + " " + file;
        String result;
        try (LiveProcess process =
                new LiveProcess(surroundings, Faults.none().watchedBy(watch::look), watch, new HashMap<>())) {
            watch.lookNow();
            result = watch.seen() == SEEN ? "served at once" : "served after it was fetched again";
            process.settle();
            awaitGoodCopies(process, watch, surroundings);
            watch.lookNow();
            assertThat(watch.seen()).as("how far readers are with %s", what).isEqualTo(SEEN);
        }
        surroundings.disk().unmount();
        assertThat(watch.violations()).as("what readers saw with %s", what).isEmpty();
        assertThat(surroundings
                        .catalog()
                        .latest()
                        .datasetOrEmpty(Life.DATASET)
                        .versions()
                        .values())
                .as("versions with %s", what)
                .noneMatch(version -> version.state() == VersionState.REJECTED);
        result += watch.failures() > 0 ? ", " + watch.failures() + " lookups refused" : "";
        ProcessFolder.deleteTree(copy);
        return result;
    }

    /** A damaged copy is noticed by the lookup that meets the damage, and is fetched again. */
    private static void awaitGoodCopies(LiveProcess process, Watch watch, Surroundings surroundings) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    long before = watch.failures();
                    watch.lookNow();
                    surroundings.pass(Duration.ofSeconds(2));
                    process.settle();
                    return watch.failures() == before;
                });
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }
}
