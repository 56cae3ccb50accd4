package io.slipway.serving.http;

import com.dynatrace.hash4j.hashing.Hashing;
import io.slipway.model.key.KeyRange;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Where the next page of a scan begins. It names the version, so that all pages are of one, and has a check, so that it
 * continues the scan that it came from and no other:
 *
 * <pre>
 *   ┌────────┬─────────┬───────┬──────────────────────────┐
 *   │ format │ version │ check │ last key that was sent   │   in URL-safe Base64
 *   │ 1 byte │ 8 bytes │ 8     │                          │
 *   └────────┴─────────┴───────┴──────────────────────────┘
 * </pre>
 *
 * The check is XXH3 over dataset, range, version and key. It finds mistakes; whoever forges it reads what could be read
 * without it.
 */
final class PageToken {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + 2 * Long.BYTES;

    private final long version;
    private final byte[] lastKey;

    private PageToken(long version, byte[] lastKey) {
        this.version = version;
        this.lastKey = lastKey;
    }

    /**
     * The token for what comes after a key.
     *
     * @param scan what the scan is of: dataset and range, in any form that is the same for each page
     */
    static String after(byte[] key, long version, String scan) {
        ByteBuffer token = ByteBuffer.allocate(HEAD_BYTES + key.length);
        token.put(FORMAT).putLong(version).putLong(check(key, version, scan)).put(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /**
     * Reads a token.
     *
     * @param scan what the scan is of
     * @throws ProblemException if it is none, or is of another scan
     */
    static PageToken parse(String text, String scan) {
        ByteBuffer token = decode(text);
        if (token.remaining() < HEAD_BYTES || token.get() != FORMAT) {
            throw wrong("is not one that a reply gave");
        }
        long version = token.getLong();
        long check = token.getLong();
        byte[] key = new byte[token.remaining()];
        token.get(key);
        if (version <= 0 || check != check(key, version, scan)) {
            throw wrong("is of another scan");
        }
        return new PageToken(version, key);
    }

    private static ByteBuffer decode(String text) {
        try {
            return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw wrong("is not one that a reply gave");
        }
    }

    /** The number of the version that the scan reads. */
    long version() {
        return version;
    }

    /** What is left of a range. */
    KeyRange restOf(KeyRange range) {
        return range.beyond(lastKey);
    }

    private static ProblemException wrong(String what) {
        return new ProblemException(
                ProblemType.BAD_PARAMETER,
                "The parameter 'pageToken' " + what + ". Send nextPageToken back as it was given, with the other"
                        + " parameters as before.");
    }

    private static long check(byte[] key, long version, String scan) {
        return Hashing.xxh3_64()
                .hashStream()
                .putString(scan)
                .putLong(version)
                .putByteArray(key)
                .getAsLong();
    }
}
