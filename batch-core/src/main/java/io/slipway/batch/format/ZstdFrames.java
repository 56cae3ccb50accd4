package io.slipway.batch.format;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Unpacks zstandard data (RFC 8878) of any number of frames. Unlike the library's stream it takes nothing for the end but
 * the end: that one reads data that is cut off in a frame's first bytes, behind another frame, as if it were whole.
 */
final class ZstdFrames extends InputStream {

    private final InputStream in;
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] read = new byte[(int) ZstdInputStream.recommendedDInSize()];
    private final ByteBuffer packed = ByteBuffer.allocateDirect(read.length).limit(0);
    private final ByteBuffer unpacked = ByteBuffer.allocateDirect((int) ZstdInputStream.recommendedDOutSize())
            .limit(0);
    private boolean inFrame;

    ZstdFrames(InputStream in) {
        this.in = in;
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
        while (!unpacked.hasRemaining()) {
            if (packed.hasRemaining() || inFrame) {
                unpack();
            }
            if (!unpacked.hasRemaining() && !packed.hasRemaining() && !fill()) {
                return -1;
            }
        }
        int some = Math.min(length, unpacked.remaining());
        unpacked.get(into, offset, some);
        return some;
    }

    @Override
    public void close() throws IOException {
        context.close();
        in.close();
    }

    /** Unpacks some; also if all was read, since the library may keep what had no room before. */
    private void unpack() {
        unpacked.clear();
        inFrame = !context.decompressDirectByteBufferStream(unpacked, packed);
        unpacked.flip();
    }

    private boolean fill() throws IOException {
        int count = in.read(read);
        if (count < 0) {
            if (inFrame) {
                throw new EOFException("unexpected end");
            }
            return false;
        }
        packed.clear();
        packed.put(read, 0, count).flip();
        return true;
    }
}
