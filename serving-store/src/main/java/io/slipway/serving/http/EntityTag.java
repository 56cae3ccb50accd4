package io.slipway.serving.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Strong entity tags (RFC 9110, section 8.8.3) of values: 16 hex digits of a hash of bytes, schema and the fields that are
 * sent, and {@code -avro} if the value is sent as Avro. Stateless.
 */
final class EntityTag {

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int DIGITS = 16;

    private EntityTag() {}

    /** The tag of a value, with its quotes. */
    static String of(long hash, Representation representation) {
        char[] tag = new char[DIGITS + 2];
        tag[0] = '"';
        for (int i = 0; i < DIGITS; i++) {
            tag[i + 1] = HEX[(int) (hash >>> ((DIGITS - 1 - i) * 4)) & 0xf];
        }
        tag[DIGITS + 1] = '"';
        String json = new String(tag);
        return representation == Representation.JSON ? json : json.substring(0, DIGITS + 1) + "-avro\"";
    }

    /** Whether a request has this value already: {@code If-None-Match}, by weak comparison. */
    static boolean matches(HttpFields headers, String tag) {
        if (!headers.contains(HttpHeader.IF_NONE_MATCH)) {
            return false;
        }
        List<String> values = headers.getValuesList(HttpHeader.IF_NONE_MATCH);
        return values.stream().anyMatch(value -> value.strip().equals("*") || isListed(value, tag));
    }

    /** Tags are found by their quotes, because they may hold commas. */
    private static boolean isListed(String value, String tag) {
        int from = value.indexOf('"');
        while (from >= 0) {
            int end = value.indexOf('"', from + 1);
            if (end < 0) {
                return false;
            }
            if (value.regionMatches(from, tag, 0, tag.length()) && end - from + 1 == tag.length()) {
                return true;
            }
            from = value.indexOf('"', end + 1);
        }
        return false;
    }
}
