package io.slipway.batch.format;

import io.slipway.batch.SourceContext;
import io.slipway.model.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/** Opens files, plain or gzip (told by the first bytes), and reports what is read of them. */
final class InputBytes {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private InputBytes() {}

    /** Whether a file is compressed, so that it cannot be read from the middle. */
    static boolean isCompressed(Path file) throws IOException {
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            return in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        }
    }

    /** The content of a file from an offset, which is 0 for a compressed one. */
    static InputStream open(Path file, long offset, SourceContext<?> context) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(offset);
            BufferedInputStream raw =
                    new BufferedInputStream(new Counted(Channels.newInputStream(channel), context), BUFFER_BYTES);
            if (offset > 0 || !startsAsGzip(raw)) {
                return raw;
            }
            return new Unpacked(file, new GzipMembers(raw));
        } catch (EOFException | ZipException e) {
            channel.close();
            throw damaged(file, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean startsAsGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip;
    }

    private static InvalidInputException damaged(Path file, IOException e) {
        return new InvalidInputException(
                file + " is damaged: its gzip data is cut off or changed (" + e.getMessage() + "). Get it anew.", e);
    }

    /** Reports the bytes read of a file. */
    private static final class Counted extends FilterInputStream {

        private final SourceContext<?> context;

        Counted(InputStream in, SourceContext<?> context) {
            super(in);
            this.context = context;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (read > 0) {
                context.bytesRead(read);
            }
            return read;
        }
    }

    /** Says which file is damaged. */
    private static final class Unpacked extends FilterInputStream {

        private final Path file;

        Unpacked(Path file, InputStream in) {
            super(in);
            this.file = file;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return in.read(into, offset, length);
            } catch (EOFException | ZipException e) {
                throw damaged(file, e);
            }
        }
    }
}
