package io.slipway.batch.format;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip data (RFC 1952) of any number of members. Unlike the JDK's stream it takes nothing for the end but the
 * end, so that a file that was cut off within a short member is not read as if it were whole.
 */
final class GzipMembers extends InputStream {

    private static final int BUFFER_BYTES = 1 << 15;
    private static final int MAGIC = 0x1f8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_REST_BYTES = 6;
    private static final int FLAG_CHECKSUM = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private final PushbackInputStream in;
    private final DataInputStream data;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private boolean ended;

    GzipMembers(InputStream in) throws IOException {
        this.in = new PushbackInputStream(in, BUFFER_BYTES);
        this.data = new DataInputStream(this.in);
        readHeader();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int unpacked = inflate(into, offset, length);
            if (unpacked > 0) {
                crc.update(into, offset, unpacked);
                return unpacked;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                fill();
            } else {
                throw new ZipException("a dictionary is asked for");
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            return inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            throw (ZipException) new ZipException(e.getMessage()).initCause(e);
        }
    }

    private void fill() throws IOException {
        buffered = in.read(buffer, 0, buffer.length);
        if (buffered < 0) {
            throw new EOFException("unexpected end");
        }
        inflater.setInput(buffer, 0, buffered);
    }

    private void endMember() throws IOException {
        int left = inflater.getRemaining();
        in.unread(buffer, buffered - left, left);
        buffered = 0;
        int checksum = Integer.reverseBytes(data.readInt());
        int size = Integer.reverseBytes(data.readInt());
        if (checksum != (int) crc.getValue() || size != (int) inflater.getBytesWritten()) {
            throw new ZipException("checksum or size differs");
        }
        int next = in.read();
        ended = next < 0;
        if (!ended) {
            in.unread(next);
            inflater.reset();
            crc.reset();
            readHeader();
        }
    }

    private void readHeader() throws IOException {
        if (data.readUnsignedShort() != MAGIC || data.readUnsignedByte() != DEFLATE) {
            throw new ZipException("not gzip behind a member's end");
        }
        int flags = data.readUnsignedByte();
        data.readFully(new byte[HEADER_REST_BYTES]);
        if ((flags & FLAG_EXTRA) != 0) {
            int length = data.readUnsignedByte() | data.readUnsignedByte() << Byte.SIZE;
            data.readFully(new byte[length]);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_CHECKSUM) != 0) {
            data.readUnsignedShort();
        }
    }

    private void skipText() throws IOException {
        while (data.readUnsignedByte() != 0) {
            // Up to the zero that ends it.
        }
    }
}
