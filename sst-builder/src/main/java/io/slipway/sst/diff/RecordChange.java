package io.slipway.sst.diff;

import io.slipway.sst.RecordCursor;
import java.util.Locale;
import java.util.Optional;

/** One key at which two versions differ. Its arrays are encoded, and must not be changed. */
public final class RecordChange {

    private final byte[] key;
    private final Optional<byte[]> older;
    private final Optional<byte[]> newer;

    private RecordChange(byte[] key, Optional<byte[]> older, Optional<byte[]> newer) {
        this.key = key;
        this.older = older;
        this.newer = newer;
    }

    /** What became of the key. */
    public enum Kind {
        /** Only the newer version has it. */
        ADDED,
        /** Only the older version has it. */
        REMOVED,
        /** Both have it, with different values. */
        CHANGED;

        /** The name as users see it: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The key. */
    public byte[] key() {
        return key;
    }

    /** The value in the older version; empty if the key was added. */
    public Optional<byte[]> older() {
        return older;
    }

    /** The value in the newer version; empty if the key was removed. */
    public Optional<byte[]> newer() {
        return newer;
    }

    /** What became of the key. */
    public Kind kind() {
        if (older.isEmpty()) {
            return Kind.ADDED;
        }
        return newer.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
    }

    static RecordChange of(Kind kind, RecordCursor older, RecordCursor newer) {
        return switch (kind) {
            case ADDED -> new RecordChange(newer.copyKey(), Optional.empty(), Optional.of(newer.copyValue()));
            case REMOVED -> new RecordChange(older.copyKey(), Optional.of(older.copyValue()), Optional.empty());
            case CHANGED ->
                new RecordChange(older.copyKey(), Optional.of(older.copyValue()), Optional.of(newer.copyValue()));
        };
    }
}
