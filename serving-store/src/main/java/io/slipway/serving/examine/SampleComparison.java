package io.slipway.serving.examine;

import io.slipway.model.InvalidInputException;
import io.slipway.model.node.DataFindings.SampledChanges;
import io.slipway.serving.store.OpenVersion;
import io.slipway.sst.diff.ValueComparison;
import java.util.List;
import java.util.Optional;

/**
 * Compares samples of two open versions: each key of the current version's is looked up in the next, and the reverse. What
 * counts as another value is what {@link ValueComparison} says. Used once, by one thread.
 */
final class SampleComparison {

    private final OpenVersion current;
    private final OpenVersion next;
    private final TimeLimit limit;
    private final ValueComparison values;
    private long currentKeys;
    private long removed;
    private long changed;
    private long nextKeys;
    private long added;

    SampleComparison(OpenVersion current, OpenVersion next, TimeLimit limit) {
        this.current = current;
        this.next = next;
        this.limit = limit;
        this.values = new ValueComparison(
                current.manifest().valueSchema(), next.manifest().valueSchema());
    }

    /**
     * Compares so many keys of each version.
     *
     * @throws InvalidInputException if the keys of the versions do not compare, or the time is over
     * @throws io.slipway.model.CorruptDataException if a copy is damaged, or a value is not of its schema
     */
    SampledChanges compare(int keys) {
        checkKeys();
        current.sample(keys, this::compareCurrent);
        next.sample(keys, this::compareNext);
        return new SampledChanges(currentKeys, removed, changed, nextKeys, added);
    }

    private void checkKeys() {
        List<String> expected = current.keys().shape();
        List<String> found = next.keys().shape();
        if (!found.equals(expected)) {
            throw new InvalidInputException("The key of " + current + " is " + expected + ", and that of " + next
                    + " is " + found + ", so that no key is in both.");
        }
    }

    private void compareCurrent(byte[] key, byte[] value) {
        limit.check();
        currentKeys++;
        Optional<byte[]> other = next.findInPassing(key);
        if (other.isEmpty()) {
            removed++;
        } else if (!values.areEqual(value, value.length, other.get(), other.get().length)) {
            changed++;
        }
    }

    private void compareNext(byte[] key, byte[] value) {
        limit.check();
        nextKeys++;
        if (current.findInPassing(key).isEmpty()) {
            added++;
        }
    }
}
