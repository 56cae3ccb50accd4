package io.slipway.batch.shuffle;

import io.slipway.model.CorruptDataException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What the end of a {@link Run}'s file says about the rest of it; the layout is drawn there.
 */
final class RunIndex {

    private static final byte[] MAGIC = "SLIPRUN1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int TRAILER_BYTES = 4 + 4 + 4 + MAGIC.length;

    private final long[] ends;
    private final long[] records;
    private final int largestBlock;
    private final List<byte[]> samples;

    /**
     * Creates an index.
     *
     * @param ends for each partition where it ends in the file
     * @param records for each partition how many records it has
     * @param largestBlock how many bytes the largest block has unpacked
     * @param samples the beginnings of the first keys of slices
     */
    RunIndex(long[] ends, long[] records, int largestBlock, List<byte[]> samples) {
        this.ends = ends;
        this.records = records;
        this.largestBlock = largestBlock;
        this.samples = samples;
    }

    /** How many records a partition has. */
    long records(int partition) {
        return records[partition];
    }

    /** How many records all partitions have. */
    long records() {
        return Arrays.stream(records).sum();
    }

    /** Where a partition begins in the file. */
    long start(int partition) {
        return partition == 0 ? 0 : ends[partition - 1];
    }

    /** Where a partition ends in the file. */
    long end(int partition) {
        return ends[partition];
    }

    /** How many bytes the largest block has unpacked. */
    int largestBlock() {
        return largestBlock;
    }

    /** The beginnings of the first keys of slices. */
    List<byte[]> samples() {
        return samples;
    }

    /** The index and the trailer. */
    byte[] encoded() {
        int bytes = ends.length * 16
                + 4
                + samples.stream().mapToInt(key -> 4 + key.length).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes + TRAILER_BYTES);
        for (int i = 0; i < ends.length; i++) {
            out.putLong(ends[i]).putLong(records[i]);
        }
        out.putInt(largestBlock);
        samples.forEach(key -> out.putInt(key.length).put(key));
        out.putInt(ends.length).putInt(bytes);
        out.putInt(checksum(out.duplicate().flip())).put(MAGIC);
        return out.array();
    }

    /**
     * Reads the index of a complete file.
     *
     * @throws CorruptDataException if it is not what was written
     */
    static RunIndex read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < TRAILER_BYTES) {
            throw new CorruptDataException(file.toString(), "its end", "an index", size + " bytes");
        }
        ByteBuffer trailer = read(file, channel, size - TRAILER_BYTES, TRAILER_BYTES);
        int partitions = trailer.getInt();
        int bytes = trailer.getInt();
        int expected = trailer.getInt();
        byte[] magic = new byte[MAGIC.length];
        trailer.get(magic);
        if (!Arrays.equals(magic, MAGIC) || bytes < 0 || bytes > size - TRAILER_BYTES || partitions < 0) {
            throw new CorruptDataException(file.toString(), "its last bytes", "the end of a run", "something else");
        }
        ByteBuffer index = read(file, channel, size - TRAILER_BYTES - bytes, bytes + 8);
        int found = checksum(index.duplicate());
        if (found != expected) {
            throw new CorruptDataException(
                    file.toString(),
                    "its index",
                    "checksum " + Integer.toHexString(expected),
                    Integer.toHexString(found));
        }
        return decode(file, index.limit(bytes), partitions);
    }

    private static RunIndex decode(Path file, ByteBuffer index, int partitions) {
        try {
            long[] ends = new long[partitions];
            long[] records = new long[partitions];
            for (int i = 0; i < partitions; i++) {
                ends[i] = index.getLong();
                records[i] = index.getLong();
            }
            int largestBlock = index.getInt();
            List<byte[]> samples = new ArrayList<>();
            while (index.hasRemaining()) {
                byte[] key = new byte[index.getInt()];
                index.get(key);
                samples.add(key);
            }
            return new RunIndex(ends, records, largestBlock, samples);
        } catch (BufferUnderflowException e) {
            throw new CorruptDataException(file.toString(), "its index", "it is too short", e);
        }
    }

    private static ByteBuffer read(Path file, FileChannel channel, long from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new CorruptDataException(
                        file.toString(), "byte " + from, length + " bytes", into.position() + " bytes");
            }
        }
        return into.flip();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
