package io.slipway.model.value;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;

/** The encoders of strings, enums, bytes and fixed. */
final class EncodeTexts {

    private EncodeTexts() {}

    static final class Text extends EncodeStep {
        @Override
        void encode(Object datum, BinaryBuffer out) {
            if (!(datum instanceof CharSequence text)) {
                throw MismatchException.notOf("string", datum);
            }
            Utf8Text.write(text, out);
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof CharSequence;
        }
    }

    static final class Symbol extends EncodeStep {
        private final String type;
        private final Map<String, Integer> indexes = new HashMap<>();

        Symbol(Schema schema) {
            type = "enum " + schema.getEnumSymbols();
            schema.getEnumSymbols().forEach(symbol -> indexes.put(symbol, indexes.size()));
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            Integer index = datum == null ? null : indexes.get(datum.toString());
            if (index == null || !isNameLike(datum)) {
                throw MismatchException.notOf(type, datum);
            }
            out.writeLong(index);
        }

        @Override
        boolean isExact(Object datum) {
            return datum instanceof GenericEnumSymbol && indexes.containsKey(datum.toString());
        }

        @Override
        boolean isAcceptable(Object datum) {
            return isNameLike(datum) && indexes.containsKey(datum.toString());
        }

        private static boolean isNameLike(Object datum) {
            return datum instanceof GenericEnumSymbol || datum instanceof CharSequence;
        }
    }

    /** Bytes, or a fixed if there is a size. */
    static final class Bytes extends EncodeStep {
        private final String type;
        private final int size;

        Bytes(String type, int size) {
            this.type = type;
            this.size = size;
        }

        @Override
        void encode(Object datum, BinaryBuffer out) {
            int length = lengthOf(datum);
            if (length < 0 || (size >= 0 && length != size)) {
                throw MismatchException.notOf(type, datum);
            }
            if (size < 0) {
                out.writeLong(length);
            }
            out.writeAll(contentOf(datum), 0, length);
        }

        @Override
        boolean isExact(Object datum) {
            return size < 0
                    ? datum instanceof ByteBuffer
                    : datum instanceof GenericFixed fixed && fixed.bytes().length == size;
        }

        @Override
        boolean isAcceptable(Object datum) {
            int length = lengthOf(datum);
            return length >= 0 && (size < 0 || length == size);
        }

        private static int lengthOf(Object datum) {
            if (datum instanceof ByteBuffer buffer) {
                return buffer.remaining();
            }
            if (datum instanceof GenericFixed fixed) {
                return fixed.bytes().length;
            }
            return datum instanceof byte[] array ? array.length : -1;
        }

        private static byte[] contentOf(Object datum) {
            if (datum instanceof ByteBuffer buffer) {
                byte[] content = new byte[buffer.remaining()];
                buffer.duplicate().get(content);
                return content;
            }
            return datum instanceof GenericFixed fixed ? fixed.bytes() : (byte[]) datum;
        }
    }
}
