package io.slipway.serving.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Compresses replies, by gzip (RFC 1952) at its fastest: the network is to be saved, not to be waited for. Stateless. */
final class Compression {

    static final HttpField GZIP = new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, "gzip");
    static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding");

    private static final int BUFFER_BYTES = 8 << 10;
    private static final int USUAL_RATIO = 4;

    private Compression() {}

    /** Whether a request accepts it. */
    static boolean isAccepted(HttpFields headers) {
        return headers.contains(HttpHeader.ACCEPT_ENCODING)
                && QualityList.of(headers, HttpHeader.ACCEPT_ENCODING).stream()
                        .flatMap(List::stream)
                        .anyMatch(coding -> coding.equalsIgnoreCase("gzip") || coding.equals("*"));
    }

    static ByteBuffer compress(byte[] bytes, int length) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(length / USUAL_RATIO + BUFFER_BYTES);
        try (GZIPOutputStream out = new Fast(compressed)) {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(compressed.toByteArray());
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
