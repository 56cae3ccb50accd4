package io.slipway.batch.shuffle;

import io.slipway.model.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Goes through the records of neighbouring partitions of a {@link Run}, verifying each block's checksum. */
final class RunCursor implements RecordCursor {

    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final CRC32C crc = new CRC32C();
    private final Run run;
    private final FileChannel channel;
    private final long end;
    private long position;
    private byte[] stored;
    private byte[] block = new byte[0];
    private int blockSize;
    private int at;
    private int keyOffset;
    private int keyLength;
    private int valueLength;
    private long prefix;

    RunCursor(Run run, FileChannel channel, int first, int last, int blockBytes) {
        this.run = run;
        this.channel = channel;
        this.position = run.start(first);
        this.end = run.end(last);
        this.stored = new byte[Run.BLOCK_HEADER_BYTES + blockBytes];
    }

    @Override
    public boolean next() throws IOException {
        if (at == blockSize && !readBlock()) {
            return false;
        }
        keyLength = readLength();
        valueLength = readLength();
        keyOffset = at;
        at += keyLength + valueLength;
        prefix = Prefix.of(block, keyOffset, keyLength);
        return true;
    }

    /** The first eight bytes of the key, padded with zeros. */
    long prefix() {
        return prefix;
    }

    @Override
    public byte[] keyArray() {
        return block;
    }

    @Override
    public int keyOffset() {
        return keyOffset;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public byte[] valueArray() {
        return block;
    }

    @Override
    public int valueOffset() {
        return keyOffset + keyLength;
    }

    @Override
    public int valueLength() {
        return valueLength;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private int readLength() {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int b = block[at++];
            length |= (b & 0x7f) << shift;
            if (b >= 0) {
                return length;
            }
        }
    }

    private boolean readBlock() throws IOException {
        if (position == end) {
            return false;
        }
        read(0, Run.BLOCK_HEADER_BYTES, position);
        ByteBuffer header = ByteBuffer.wrap(stored);
        int size = header.getInt();
        int storedSize = header.getInt();
        int expected = header.getInt();
        if (storedSize <= 0 || storedSize > size || storedSize > end - position - Run.BLOCK_HEADER_BYTES) {
            throw damaged("a block of at most " + (end - position) + " bytes", storedSize + " bytes");
        }
        if (stored.length < Run.BLOCK_HEADER_BYTES + storedSize) {
            byte[] larger = new byte[Run.BLOCK_HEADER_BYTES + storedSize];
            System.arraycopy(stored, 0, larger, 0, Run.BLOCK_HEADER_BYTES);
            stored = larger;
        }
        read(Run.BLOCK_HEADER_BYTES, storedSize, position + Run.BLOCK_HEADER_BYTES);
        int found = RunWriter.checksum(crc, stored, 0, storedSize);
        if (found != expected) {
            throw damaged("checksum " + Integer.toHexString(expected), Integer.toHexString(found));
        }
        unpack(size, storedSize);
        position += Run.BLOCK_HEADER_BYTES + storedSize;
        return true;
    }

    private void unpack(int size, int storedSize) {
        if (block.length < size) {
            block = new byte[size];
        }
        if (storedSize == size) {
            System.arraycopy(stored, Run.BLOCK_HEADER_BYTES, block, 0, size);
        } else {
            try {
                int unpacked = decompressor.decompress(stored, Run.BLOCK_HEADER_BYTES, storedSize, block, 0, size);
                if (unpacked != size) {
                    throw damaged("a block of " + size + " bytes", unpacked + " bytes");
                }
            } catch (LZ4Exception e) {
                throw new CorruptDataException(run.file().toString(), "byte " + position, e.getMessage(), e);
            }
        }
        blockSize = size;
        at = 0;
    }

    private void read(int offset, int length, long from) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(stored, offset, length);
        long at = from;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw damaged("a file of at least " + end + " bytes", at + " bytes");
            }
            at += read;
        }
    }

    private CorruptDataException damaged(String expected, String found) {
        return new CorruptDataException(run.file().toString(), "byte " + position, expected, found);
    }
}
