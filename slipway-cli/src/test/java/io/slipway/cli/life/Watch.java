package io.slipway.cli.life;

import io.slipway.model.CorruptDataException;
import io.slipway.serving.ServingNode;
import io.slipway.serving.store.OpenVersion;
import io.slipway.serving.view.ServedDataset;
import io.slipway.serving.view.Snapshot;
import io.slipway.testkit.SampleRecords;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reader that looks at every moment at which something may go wrong. Each look is one reply with all keys. It notes
 * what must never be seen:
 *
 * <ul>
 *   <li>a part of a version, a value of another version, two versions in one reply;
 *   <li>a version that the life does not come to next: one that is not swapped in yet, an older one without a rollback, a
 *       newer one after the rollback;
 *   <li>nothing, or an error, once there was something.
 * </ul>
 *
 * Thread-safe; who looks while another does sees nothing.
 */
final class Watch {

    private final ReentrantLock looking = new ReentrantLock();
    private final Set<String> violations = ConcurrentHashMap.newKeySet();
    private final byte[] value = new byte[256];
    private volatile Optional<ServingNode> node = Optional.empty();
    private int seen;
    private volatile int allowed;
    private volatile boolean mayBeUnready;
    private volatile boolean mayFail;
    private long looks;
    private long failures;

    /** Readers read from a node from now on, or from none. */
    void follow(Optional<ServingNode> follows) {
        looking.lock();
        try {
            node = follows;
        } finally {
            looking.unlock();
        }
    }

    /** From now on readers may be as far as this in {@link Life#SEEN}. */
    void allow(int position) {
        allowed = position;
    }

    /** A node that could not read its own disk may serve nothing until it has fetched again, and says so. */
    void allowUnready() {
        mayBeUnready = true;
    }

    /** A copy that somebody damaged may fail lookups until it has been fetched again, and never answers wrong. */
    void allowFailures() {
        mayFail = true;
    }

    /** How many looks failed. */
    long failures() {
        return failures;
    }

    /** How far readers are in {@link Life#SEEN}. */
    int seen() {
        return seen;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long looks() {
        return looks;
    }

    /** Looks, after whoever is looking now. For a thread that holds nothing that others wait for. */
    void lookNow() {
        looking.lock();
        try {
            node.ifPresent(this::lookSafely);
        } finally {
            looking.unlock();
        }
    }

    /** Looks, unless somebody does. */
    void look() {
        if (looking.isHeldByCurrentThread() || !looking.tryLock()) {
            return;
        }
        try {
            node.ifPresent(this::lookSafely);
        } finally {
            looking.unlock();
        }
    }

    private void lookSafely(ServingNode follows) {
        try {
            look(follows);
        } catch (CorruptDataException e) {
            failures++;
            if (!mayFail) {
                violations.add("A lookup failed: " + e.getMessage());
            }
        } catch (RuntimeException e) {
            violations.add("A lookup failed: " + e);
        }
    }

    private void look(ServingNode follows) {
        looks++;
        try (Snapshot snapshot = follows.snapshots().pin()) {
            Optional<ServedDataset> dataset = snapshot.dataset(Life.DATASET.value());
            Optional<OpenVersion> current = dataset.flatMap(ServedDataset::current);
            current.ifPresentOrElse(version -> saw(version.id().number()), () -> sawNothing(follows));
            dataset.map(ServedDataset::readable)
                    .orElse(java.util.Collections.emptySortedMap())
                    .values()
                    .forEach(this::compare);
        }
    }

    private void saw(long number) {
        int position = seen;
        while (position <= allowed && Life.SEEN.get(position) != number) {
            position++;
        }
        if (position > allowed) {
            violations.add("Readers saw version " + number + " after " + Life.SEEN.subList(0, seen + 1)
                    + ", and might have seen up to " + Life.SEEN.subList(0, allowed + 1));
        } else {
            seen = position;
        }
    }

    private void sawNothing(ServingNode follows) {
        boolean isExcused = mayBeUnready && !follows.readiness().isReady();
        if (seen > 0 && !isExcused) {
            violations.add("Readers saw nothing after " + Life.SEEN.subList(0, seen + 1));
        }
    }

    private void compare(OpenVersion version) {
        long number = version.id().number();
        SampleRecords expected = Life.VERSIONS.get(number);
        for (byte[] key : Life.KEYS) {
            int size = version.get(key, 0, key.length, value);
            Optional<byte[]> found = size < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(value, size));
            Optional<byte[]> right = Optional.ofNullable(expected.records().get(key));
            if (!found.map(Arrays::toString).equals(right.map(Arrays::toString))) {
                violations.add("Version " + number + " has " + text(found) + " for "
                        + new String(key, java.nio.charset.StandardCharsets.UTF_8) + ", not " + text(right));
            }
        }
    }

    private static String text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
