package io.slipway.model.key;

import java.util.Arrays;
import java.util.Optional;

/** The encoded keys from one, included, to another, excluded. Immutable. */
public final class KeyRange {

    /** All keys. */
    public static final KeyRange ALL = new KeyRange(new byte[0], Optional.empty());

    private static final int GREATEST_BYTE = 0xff;

    private final byte[] from;
    private final Optional<byte[]> to;

    private KeyRange(byte[] from, Optional<byte[]> to) {
        this.from = from;
        this.to = to;
    }

    /** The keys that begin with a prefix. */
    public static KeyRange ofPrefix(byte[] prefix) {
        return new KeyRange(prefix.clone(), after(prefix));
    }

    /** The keys of this range that are not less than another. */
    public KeyRange from(byte[] least) {
        return Arrays.compareUnsigned(least, from) > 0 ? new KeyRange(least.clone(), to) : this;
    }

    /** The keys of this range that are less than another. */
    public KeyRange to(byte[] end) {
        return isBelow(end) ? this : new KeyRange(from, Optional.of(end.clone()));
    }

    /** The keys of this range that are greater than another. */
    public KeyRange beyond(byte[] key) {
        return from(Arrays.copyOf(key, key.length + 1));
    }

    /** The least key that may be in it. */
    public byte[] from() {
        return from.clone();
    }

    /** The least key above it; none if it has no end. */
    public Optional<byte[]> to() {
        return to.map(byte[]::clone);
    }

    /** Whether there is no key in it. */
    public boolean isEmpty() {
        return to.isPresent() && Arrays.compareUnsigned(from, to.get()) >= 0;
    }

    /** Whether a key is in it. */
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0
                && to.map(end -> Arrays.compareUnsigned(key, end) < 0).orElse(true);
    }

    /** Whether all keys in it have a prefix of so many bytes in common, which its first key has. */
    public boolean sharesPrefix(int length) {
        return length <= from.length
                && after(Arrays.copyOf(from, length)).map(this::isBelow).orElse(false);
    }

    private boolean isBelow(byte[] end) {
        return to.isPresent() && Arrays.compareUnsigned(to.get(), end) <= 0;
    }

    /** The least key that is greater than all that begin with a prefix; none if there is none. */
    private static Optional<byte[]> after(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && (prefix[length - 1] & GREATEST_BYTE) == GREATEST_BYTE) {
            length--;
        }
        if (length == 0) {
            return Optional.empty();
        }
        byte[] next = Arrays.copyOf(prefix, length);
        next[length - 1]++;
        return Optional.of(next);
    }
}
