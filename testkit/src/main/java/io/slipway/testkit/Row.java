package io.slipway.testkit;

import io.slipway.model.json.Sha256;
import java.util.HexFormat;

/**
 * An encoded record in a form that can be compared and shown: hex, or for what is long its length and hash.
 *
 * @param key the key
 * @param value the value
 */
public record Row(String key, String value) implements Comparable<Row> {

    private static final int SHOWN_BYTES = 100;

    /** The row of an encoded record. */
    public static Row of(byte[] key, byte[] value) {
        return new Row(HexFormat.of().formatHex(key), shown(value));
    }

    @Override
    public int compareTo(Row other) {
        int byKey = key.compareTo(other.key);
        return byKey == 0 ? value.compareTo(other.value) : byKey;
    }

    private static String shown(byte[] bytes) {
        return bytes.length <= SHOWN_BYTES
                ? HexFormat.of().formatHex(bytes)
                : bytes.length + " bytes " + Sha256.hex(bytes);
    }
}
