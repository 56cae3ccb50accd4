package io.slipway.serving.reader;

import io.slipway.model.key.KeyCodec;
import io.slipway.model.key.KeyRange;
import java.util.List;

/**
 * The keys that a scan reads, at first all. Values are as for lookups; of a record key the first fields may be given alone.
 * Immutable.
 */
public final class ScanRange {

    private final List<Object> prefix;
    private final List<Object> from;
    private final List<Object> to;

    private ScanRange(List<Object> prefix, List<Object> from, List<Object> to) {
        this.prefix = prefix;
        this.from = from;
        this.to = to;
    }

    /** All keys. */
    public static ScanRange all() {
        return new ScanRange(List.of(), List.of(), List.of());
    }

    /** The keys with these first fields; or the texts, or bytes, that begin with this. */
    public static ScanRange prefix(Object... values) {
        return new ScanRange(List.of(values), List.of(), List.of());
    }

    /** Those of them that are not less than a key. */
    public ScanRange from(Object... values) {
        return new ScanRange(prefix, List.of(values), to);
    }

    /** Those of them that are less than a key. */
    public ScanRange to(Object... values) {
        return new ScanRange(prefix, from, List.of(values));
    }

    KeyRange of(KeyCodec keys) {
        KeyRange range = prefix.isEmpty() ? KeyRange.ALL : KeyRange.ofPrefix(keys.encodePrefixOf(prefix));
        range = from.isEmpty() ? range : range.from(keys.encodeFirst(from));
        return to.isEmpty() ? range : range.to(keys.encodeFirst(to));
    }
}
