package io.slipway.batch.format;

import io.slipway.batch.Split;
import io.slipway.model.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** Opens files, plain or compressed (told by the first bytes), and reports what is read of them. */
final class InputBytes {

    private static final int BUFFER_BYTES = 1 << 16;

    private InputBytes() {}

    /** Whether a file is compressed, so that it cannot be read from the middle. */
    static boolean isCompressed(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return compression(in) != Compression.NONE;
        }
    }

    /**
     * The content of a file from an offset, which is 0 for a compressed one.
     *
     * @param progress is told how many more bytes were read of the file
     * @param content is told how many more bytes that were when unpacked
     */
    static InputStream open(Path file, long offset, LongConsumer progress, LongConsumer content) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(offset);
            Counted counted = new Counted(Channels.newInputStream(channel), progress);
            BufferedInputStream raw = new BufferedInputStream(counted, BUFFER_BYTES);
            Compression compression = Compression.NONE;
            if (offset == 0) {
                raw.mark(Compression.HEAD_BYTES);
                compression = compression(raw);
                raw.reset();
            }
            return new Content(
                    compression == Compression.NONE ? raw : Unpacked.open(file, compression, raw, counted), content);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The bytes of a part of a file that was cut, or all content of one that was not. */
    static InputStream open(Split split, LongConsumer progress, LongConsumer content) throws IOException {
        InputStream in = open(split.file(), split.start(), progress, content);
        return split.end() < Files.size(split.file()) ? new Bounded(in, split.length()) : in;
    }

    private static Compression compression(InputStream in) throws IOException {
        byte[] head = new byte[Compression.HEAD_BYTES];
        return Compression.of(head, in.readNBytes(head, 0, head.length));
    }

    /** Reports the bytes read of a file, and remembers whether the file itself could not be read. */
    private static final class Counted extends FilterInputStream {

        private final LongConsumer progress;
        private boolean failed;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            failed = true;
            int read = in.read(into, offset, length);
            failed = false;
            if (read > 0) {
                progress.accept(read);
            }
            return read;
        }
    }

    /** Reports the bytes of content. */
    private static final class Content extends FilterInputStream {

        private final LongConsumer content;

        Content(InputStream in, LongConsumer content) {
            super(in);
            this.content = content;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (read > 0) {
                content.accept(read);
            }
            return read;
        }
    }

    /** Ends after so many bytes. */
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }

    /** Says which file is damaged. */
    private static final class Unpacked extends FilterInputStream {

        private final Path file;
        private final Compression compression;
        private final Counted counted;

        private Unpacked(Path file, Compression compression, Counted counted, InputStream in) {
            super(in);
            this.file = file;
            this.compression = compression;
            this.counted = counted;
        }

        static InputStream open(Path file, Compression compression, InputStream raw, Counted counted)
                throws IOException {
            try {
                return new Unpacked(file, compression, counted, compression.unpack(raw));
            } catch (IOException | RuntimeException e) {
                if (counted.failed) {
                    throw e;
                }
                throw damaged(file, compression, e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (IOException | RuntimeException e) {
                if (counted.failed) {
                    throw e;
                }
                throw damaged(file, compression, e);
            }
        }

        private static InvalidInputException damaged(Path file, Compression compression, Exception e) {
            return new InvalidInputException(
                    file + " is damaged: its " + compression.label() + " data is cut off or changed (" + e.getMessage()
                            + "). Get it anew.",
                    e);
        }
    }
}
