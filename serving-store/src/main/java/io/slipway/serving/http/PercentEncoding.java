package io.slipway.serving.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent escapes of addresses (RFC 3986, section 2.1; forms: WHATWG URL, section 5.1). Stateless. */
final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * The octet of the escape that begins at an index.
     *
     * @param type what is wrong if it is none
     */
    static int octet(String text, int at, ProblemType type) {
        if (at + 2 < text.length()) {
            int high = Character.digit(text.charAt(at + 1), 16);
            int low = Character.digit(text.charAt(at + 2), 16);
            if (high >= 0 && low >= 0 && text.charAt(at + 1) < 0x80 && text.charAt(at + 2) < 0x80) {
                return high << 4 | low;
            }
        }
        String found = text.substring(at, Math.min(text.length(), at + 3));
        throw new ProblemException(
                type, "'" + found + "' is not a percent escape. Write a percent sign that is meant as such as %25.");
    }

    /** Decodes a part of a query: plus signs are spaces, escapes are UTF-8. */
    static String decodeQuery(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                out.write(octet(text, i, ProblemType.BAD_PARAMETER));
                i += 2;
            } else if (c == '+') {
                out.write(' ');
            } else if (c < 0x80) {
                out.write(c);
            } else {
                int end = i + Character.charCount(text.codePointAt(i));
                out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        return utf8(out.toByteArray());
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    ProblemType.BAD_PARAMETER, "A parameter is not UTF-8. Percent-encode the bytes of its UTF-8 form.");
        }
    }
}
