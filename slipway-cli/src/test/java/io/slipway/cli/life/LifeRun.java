package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.model.CommitStateUnknownException;
import io.slipway.model.UnavailableException;
import io.slipway.model.VersionId;
import io.slipway.testkit.Faults;
import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One life with at most one fault. A command that fails is repeated; a process that dies is started again on what it left,
 * and the command is repeated then. The invariants are checked after each recovery and at the end, and once more after the
 * power was lost at the end.
 */
final class LifeRun {

    private static final int MOST_TRIES = 5;
    /** How long a node may not get on where there is a remedy. */
    private static final Duration IMPATIENT = Duration.ofMillis(700);

    private final Surroundings surroundings;
    private final boolean losesPower;
    private final Optional<Runnable> remedy;
    private final Watch watch = new Watch();
    private final Map<VersionId, String> committed = new ConcurrentHashMap<>();
    private final Faults faults;
    private Optional<LiveProcess> process = Optional.empty();
    private String step = "start";

    private LifeRun(Path folder, Faults faults, boolean losesPower, Optional<Runnable> remedy) throws IOException {
        this.surroundings = remedy.isEmpty() ? new Surroundings(folder) : new Surroundings(folder, IMPATIENT);
        this.losesPower = losesPower;
        this.remedy = remedy;
        this.faults = faults.watchedBy(watch::look);
    }

    /** A life without a fault. */
    static LifeRun whole(Path folder) throws IOException {
        return new LifeRun(folder, Faults.none(), false, Optional.empty());
    }

    /** A life in which something fails for as long as nobody mends it. */
    static LifeRun mended(Path folder, Runnable remedy) throws IOException {
        return new LifeRun(folder, Faults.none(), false, Optional.of(remedy));
    }

    /** A life with a fault. */
    static LifeRun with(CrashPoint point, Path folder) throws IOException {
        LifeRun run = new LifeRun(folder, point.faults(), point.kind() == CrashPoint.Kind.POWER_LOSS, Optional.empty());
        if (!point.kind().kills()) {
            run.watch.allowUnready();
        }
        return run;
    }

    /** The calls of the process that has the fault. */
    Faults faults() {
        return faults;
    }

    Watch watch() {
        return watch;
    }

    /** Lives it; what is left in the end. */
    FinalState live() throws IOException {
        try {
            start();
            for (Life.Step next : Life.STEPS) {
                step = next.name();
                perform(next);
            }
            step = "end";
            attempt(() -> process.orElseThrow().look());
            attempt(() -> process.orElseThrow().close());
            surroundings.disk().unmount();
            losePowerAtTheEnd();
            FinalState end = FinalState.of(surroundings);
            assertThat(watch.violations()).as("what readers must not see").isEmpty();
            return end;
        } catch (RuntimeException | AssertionError | ProcessDiedError e) {
            throw new AssertionError("In step '" + step + "', with " + faults + ": " + e.getMessage(), e);
        } finally {
            process.ifPresent(LiveProcess::bury);
            surroundings.disk().unmount();
        }
    }

    private void start() {
        attempt(() -> {
            if (process.isEmpty()) { // Else it died as it started, and is there again.
                process = Optional.of(new LiveProcess(surroundings, faults, watch, committed));
            }
        });
    }

    private void perform(Life.Step next) {
        watch.allow(next.seen());
        attempt(() -> {
            LiveProcess living = process.orElseThrow();
            next.command().run(living);
            living.settle();
        });
        watch.lookNow();
        assertThat(watch.seen()).as("how far readers are").isEqualTo(next.seen());
        assertThat(watch.violations()).as("what readers must not see").isEmpty();
    }

    /** Does something until it succeeds. Only the fault may make it fail, or what there is a remedy for. */
    private void attempt(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (UnavailableException | CommitStateUnknownException e) {
                if (attempt == MOST_TRIES || !mayFail()) {
                    throw e;
                }
                remedy.ifPresent(Runnable::run);
            } catch (ProcessDiedError e) {
                if (attempt == MOST_TRIES) {
                    throw e;
                }
                recover();
            }
        }
    }

    private boolean mayFail() {
        return faults.reached() || remedy.isPresent();
    }

    private void recover() {
        try {
            process.ifPresent(LiveProcess::bury);
            surroundings.disk().unmount();
            if (losesPower) {
                surroundings.disk().losePower();
            }
            process =
                    Optional.of(new LiveProcess(surroundings, Faults.none().watchedBy(watch::look), watch, committed));
            checkInvariants();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkInvariants() {
        new Invariants(surroundings.repository(), surroundings.catalog(), committed, Life.VERSIONS).check();
    }

    /** Nothing of it may have been left to chance. */
    private void losePowerAtTheEnd() throws IOException {
        surroundings.disk().losePower();
        LiveProcess last = new LiveProcess(surroundings, Faults.none(), watch, committed);
        process = Optional.of(last);
        watch.lookNow();
        assertThat(watch.seen())
                .as("how far readers are after the power was lost")
                .isEqualTo(Life.SEEN.size() - 1);
        last.settle();
        last.set(Map.of("retention.age", "1h")); // Whoever writes next clears up after the dead.
        last.look(); // And so does a node with its next look.
        last.close();
        assertThat(surroundings.repositoryFolder().resolve(".tmp"))
                .as("temporary files")
                .isEmptyDirectory();
        checkInvariants();
    }
}
