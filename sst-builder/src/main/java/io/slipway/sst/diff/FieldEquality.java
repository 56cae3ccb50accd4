package io.slipway.sst.diff;

import io.slipway.model.value.JsonBytes;
import io.slipway.model.value.ValueJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;

/** Tells whether the encoded values of a field in two versions are equal. Not thread-safe. */
@FunctionalInterface
interface FieldEquality {

    boolean areEqual(byte[] older, int from, int to, byte[] newer, int newerFrom, int newerTo);

    /**
     * The equality of fields of two schemas: of bytes where the schemas are equal, else of what readers get, in JSON, where
     * numbers are equal if their values are.
     */
    static FieldEquality of(Schema older, Schema newer) {
        return older.equals(newer) ? Arrays::equals : new OfJson(ValueJson.of(older), ValueJson.of(newer));
    }

    /** Equality of fields of different schemas. */
    record OfJson(ValueJson older, ValueJson newer) implements FieldEquality {

        @Override
        public boolean areEqual(byte[] olderBytes, int from, int to, byte[] newerBytes, int newerFrom, int newerTo) {
            String left = text(older, olderBytes, from, to);
            String right = text(newer, newerBytes, newerFrom, newerTo);
            return left.equals(right) || (isNumber(left) && isNumber(right) && areEqualNumbers(left, right));
        }

        private static String text(ValueJson json, byte[] bytes, int from, int to) {
            JsonBytes out = new JsonBytes();
            json.write(bytes, from, to - from, out);
            return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        }

        private static boolean isNumber(String json) {
            char first = json.charAt(0);
            return first == '-' || (first >= '0' && first <= '9');
        }

        private static boolean areEqualNumbers(String left, String right) {
            return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
        }
    }
}
