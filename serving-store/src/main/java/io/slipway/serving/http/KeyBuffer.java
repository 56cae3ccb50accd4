package io.slipway.serving.http;

import io.slipway.model.InvalidInputException;
import io.slipway.model.key.KeyCodec;
import io.slipway.serving.store.OpenVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/** An encoded key, in an array that is used again for the next. Not thread-safe. */
final class KeyBuffer {

    private static final int LONGEST_UTF8 = 3;

    private byte[] bytes = new byte[256];
    private int length;

    /** The array that holds the key from index 0 on. */
    byte[] array() {
        return bytes;
    }

    /** How many bytes the key has. */
    int length() {
        return length;
    }

    /**
     * Encodes the key that is the rest of a raw path: percent escapes decoded once, everything else as it is.
     *
     * @throws ProblemException if it is not a key of this version
     */
    void encodePath(String path, int from, OpenVersion version) {
        KeyCodec codec = version.keys();
        if (codec.isRecord()) {
            throw new ProblemException(
                    ProblemType.BAD_KEY,
                    "The keys of this dataset are records, and do not fit a path. Give each field of the key as a"
                            + " parameter, in order: records?key=…&key=…");
        }
        if (from == path.length()) {
            throw new ProblemException(
                    ProblemType.BAD_KEY, "The path has no key. Give one; an empty key as a parameter: records?key=");
        }
        boolean ascii = percentDecode(path, from);
        if (isText(codec)) {
            if (!ascii) {
                text();
            }
        } else {
            encode(List.of(text()), codec);
        }
    }

    /**
     * Encodes a key given as one text for each field.
     *
     * @throws ProblemException if it is not a key of this version
     */
    void encode(List<String> texts, KeyCodec codec) {
        if (texts.size() != codec.fields().size()) {
            throw new ProblemException(
                    ProblemType.BAD_KEY,
                    "The key has " + codec.fields().size() + " field(s), and " + texts.size()
                            + " parameters 'key' were given. Give one for each field, in order.");
        }
        try {
            set(codec.encodeText(texts));
        } catch (InvalidInputException e) {
            throw new ProblemException(ProblemType.BAD_KEY, e.getMessage());
        }
    }

    private void set(byte[] key) {
        length = 0;
        reserve(key.length);
        System.arraycopy(key, 0, bytes, 0, key.length);
        length = key.length;
    }

    /** Refuses a key that is longer than the limit. */
    void requireAtMost(int limit) {
        requireAtMost(limit, length);
    }

    /** The same for another key. */
    static void requireAtMost(int limit, int keyBytes) {
        if (keyBytes > limit) {
            throw new ProblemException(
                    ProblemType.KEY_TOO_LARGE,
                    "A key has " + keyBytes + " bytes, and the limit is " + limit + " (key.bytes).");
        }
    }

    private static boolean isText(KeyCodec codec) {
        return codec.fields().get(0).schema().getType() == Schema.Type.STRING;
    }

    /** Decodes into the buffer, and says whether all of it is ASCII. */
    private boolean percentDecode(String path, int from) {
        length = 0;
        reserve((path.length() - from) * LONGEST_UTF8);
        int seen = 0;
        for (int i = from; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                c = (char) PercentEncoding.octet(path, i, ProblemType.BAD_KEY);
                i += 2;
            } else if (c >= 0x80) {
                i += putUtf8(path, i) - 1;
                seen |= 0x80;
                continue;
            }
            bytes[length++] = (byte) c;
            seen |= c;
        }
        return seen < 0x80;
    }

    /** Puts a character that is not ASCII, and says how many {@code char}s it has. */
    private int putUtf8(String path, int at) {
        int chars = Character.charCount(path.codePointAt(at));
        byte[] utf8 = path.substring(at, at + chars).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return chars;
    }

    /** What is in the buffer, as text. */
    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemType.BAD_KEY,
                    "The key in the path is not UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
    }

    private void reserve(int capacity) {
        if (bytes.length < capacity) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
        }
    }
}
