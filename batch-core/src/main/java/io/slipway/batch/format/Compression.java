package io.slipway.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** How a file of text is compressed, which its first bytes tell, whatever its name. */
public enum Compression {
    /** Not at all. */
    NONE("") {
        @Override
        boolean begins(byte[] head, int length) {
            return false;
        }

        @Override
        InputStream unpack(InputStream in) {
            return in;
        }
    },
    /** RFC 1952, of any number of members. */
    GZIP(".gz") {
        @Override
        boolean begins(byte[] head, int length) {
            return length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
        }

        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new GzipMembers(in);
        }
    },
    /** Of any number of streams. */
    BZIP2(".bz2") {
        @Override
        boolean begins(byte[] head, int length) {
            // A text may begin with the letters alone.
            return length >= HEAD_BYTES
                    && head[0] == 'B'
                    && head[1] == 'Z'
                    && head[2] == 'h'
                    && (number(head, 4, 6) == BZIP2_BLOCK || number(head, 4, 6) == BZIP2_END);
        }

        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, true);
        }
    },
    /** Zstandard (RFC 8878), of any number of frames, with windows of up to 128 MiB. */
    ZSTD(".zst") {
        @Override
        boolean begins(byte[] head, int length) {
            return length >= 4
                    && (number(head, 0, 4) == ZSTD_FRAME || (number(head, 0, 4) & ~(0xfL << 24)) == ZSTD_SKIPPABLE);
        }

        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new ZstdFrames(in);
        }
    };

    /** As many first bytes as tell. */
    static final int HEAD_BYTES = 10;

    private static final long BZIP2_BLOCK = 0x314159265359L;
    private static final long BZIP2_END = 0x177245385090L;
    private static final long ZSTD_FRAME = 0x28b52ffdL;
    private static final long ZSTD_SKIPPABLE = 0x502a4d18L;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** The name of a file in lower case, without the ending that its compression gives it. */
    public static String nameWithoutEnding(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        for (Compression compression : values()) {
            if (compression != NONE && name.endsWith(compression.ending)) {
                return name.substring(0, name.length() - compression.ending.length());
            }
        }
        return name;
    }

    /** What a file is compressed by that has these first bytes; fewer than {@link #HEAD_BYTES} only if it has no more. */
    static Compression of(byte[] head, int length) {
        for (Compression compression : values()) {
            if (compression.begins(head, length)) {
                return compression;
            }
        }
        return NONE;
    }

    /** The name, for messages. */
    final String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract boolean begins(byte[] head, int length);

    /** What was compressed. It is damaged if the stream that is returned, or this, fails in any way of its own. */
    abstract InputStream unpack(InputStream in) throws IOException;

    /** The unsigned number that bytes are, the highest first. */
    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << Byte.SIZE | (bytes[i] & 0xff);
        }
        return number;
    }
}
