package io.slipway.batch.shuffle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Writes a {@link Run}: records in order of partition and key. Not thread-safe. */
final class RunWriter implements AutoCloseable {

    /** The most bytes that the two lengths of a record take. */
    private static final int LENGTHS_BYTES = 10;

    private static final int WRITE_BYTES = 1 << 17;

    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final CRC32C crc = new CRC32C();
    private final Path file;
    private final FileChannel channel;
    private final int blockBytes;
    private final long[] ends;
    private final long[] records;
    private final List<byte[]> samples = new ArrayList<>();
    private byte[] block;
    private byte[] out;
    private int blockSize;
    private int outSize;
    private long written;
    private int partition;
    private int largestBlock;

    RunWriter(Path file, FileChannel channel, int partitions, int blockBytes) {
        this.file = file;
        this.channel = channel;
        this.blockBytes = blockBytes;
        this.ends = new long[partitions];
        this.records = new long[partitions];
        this.block = new byte[blockBytes];
        this.out = newOut();
    }

    void append(int to, byte[] key, int ko, int keyLength, byte[] value, int vo, int valueLength) throws IOException {
        if (to != partition) {
            endPartitionsBefore(to);
        }
        int need = LENGTHS_BYTES + keyLength + valueLength;
        if (need > block.length - blockSize) {
            writeBlock();
            if (need > block.length) {
                block = new byte[need];
            }
        }
        blockSize = putLength(block, blockSize, keyLength);
        blockSize = putLength(block, blockSize, valueLength);
        System.arraycopy(key, ko, block, blockSize, keyLength);
        System.arraycopy(value, vo, block, blockSize + keyLength, valueLength);
        blockSize += keyLength + valueLength;
        records[partition]++;
    }

    /** Notes the beginning of a partition's first key. */
    void sample(byte[] keyStart) {
        samples.add(keyStart);
    }

    /** Completes the file. */
    Run finish() throws IOException {
        endPartitionsBefore(ends.length);
        flush();
        RunIndex index = new RunIndex(ends, records, largestBlock, samples);
        byte[] encoded = index.encoded();
        write(encoded, encoded.length);
        channel.close();
        return new Run(file, written, index);
    }

    /** How many bytes the file has. */
    long bytes() {
        return written;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void endPartitionsBefore(int next) throws IOException {
        writeBlock();
        for (int i = partition; i < next; i++) {
            ends[i] = written + outSize;
        }
        partition = next;
    }

    private void writeBlock() throws IOException {
        if (blockSize == 0) {
            return;
        }
        largestBlock = Math.max(largestBlock, blockSize);
        int most = Run.BLOCK_HEADER_BYTES + compressor.maxCompressedLength(blockSize);
        if (out.length - outSize < most) {
            flush();
            if (out.length < most) {
                out = new byte[most];
            }
        }
        int payload = outSize + Run.BLOCK_HEADER_BYTES;
        int stored = compressor.compress(block, 0, blockSize, out, payload, out.length - payload);
        if (stored >= blockSize) {
            stored = blockSize;
            System.arraycopy(block, 0, out, payload, stored);
        }
        putInt(out, outSize, blockSize);
        putInt(out, outSize + 4, stored);
        putInt(out, outSize + 8, checksum(crc, out, outSize, stored));
        outSize = payload + stored;
        blockSize = 0;
        if (block.length > blockBytes) {
            flush();
            block = new byte[blockBytes];
            out = newOut();
        }
    }

    private byte[] newOut() {
        return new byte[Math.min(WRITE_BYTES, 4 * blockBytes) + blockBytes];
    }

    private void flush() throws IOException {
        write(out, outSize);
        outSize = 0;
    }

    private void write(byte[] bytes, int length) throws IOException {
        for (int at = 0; at < length; at += WRITE_BYTES) {
            ByteBuffer chunk = ByteBuffer.wrap(bytes, at, Math.min(WRITE_BYTES, length - at));
            while (chunk.hasRemaining()) {
                written += channel.write(chunk);
            }
        }
    }

    /** The checksum of a block: its two lengths, and its stored bytes, which follow the place of the checksum. */
    static int checksum(CRC32C crc, byte[] bytes, int header, int stored) {
        crc.reset();
        crc.update(bytes, header, 8);
        crc.update(bytes, header + Run.BLOCK_HEADER_BYTES, stored);
        return (int) crc.getValue();
    }

    private static int putLength(byte[] to, int offset, int length) {
        int at = offset;
        int rest = length;
        while (rest > 0x7f) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        return at;
    }

    private static void putInt(byte[] to, int at, int value) {
        ByteBuffer.wrap(to, at, 4).putInt(value);
    }
}
