package io.slipway.cli;

import io.slipway.model.VersionId;
import io.slipway.model.catalog.CatalogStore;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Waits until the catalog says what became of a version. */
final class VersionWait {

    private static final long POLL_MILLIS = 200;

    private final CatalogStore catalog;
    private final Path repository;
    private final PrintWriter err;

    VersionWait(CatalogStore catalog, Path repository, PrintWriter err) {
        this.catalog = catalog;
        this.repository = repository;
        this.err = err;
    }

    /** Waits, says what became of the version, and returns the exit code for it. */
    int await(VersionId version, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<VersionEntry> entry =
                    catalog.latest().datasetOrEmpty(version.dataset()).version(version.number());
            Optional<Integer> outcome = entry.flatMap(found -> outcome(version, found));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (System.nanoTime() >= deadline) {
                return timedOut(version, timeout, entry);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Optional<Integer> outcome(VersionId version, VersionEntry entry) {
        String reason = entry.reason().isEmpty() ? "." : ": " + entry.reason();
        return switch (entry.state()) {
            case CURRENT -> said(Failures.DONE, "is current.", version);
            case RETAINED -> said(Failures.DONE, "was current, and another one has followed.", version);
            case HELD -> said(Failures.HELD, "is held" + reason, version);
            case REJECTED, ABORTED, RETIRED ->
                said(Failures.FAILED, "is " + entry.state() + " and will not become current" + reason, version);
            default -> Optional.empty();
        };
    }

    private Optional<Integer> said(int code, String what, VersionId version) {
        String text = version.toString();
        err.println(Character.toUpperCase(text.charAt(0)) + text.substring(1) + " " + what);
        err.flush();
        return Optional.of(code);
    }

    private int timedOut(VersionId version, Duration timeout, Optional<VersionEntry> entry) {
        String state =
                entry.map(VersionEntry::state).orElse(VersionState.COMMITTED).toString();
        err.println("slipway: " + version + " is published, but not current after " + timeout.toSeconds()
                + " s; it is " + state + ". See that `slipway serve --repository " + repository
                + "` is running, then ask `slipway versions " + version.dataset() + " --repository " + repository
                + "`.");
        err.flush();
        return Failures.FAILED;
    }
}
