package io.slipway.batch.engine;

import io.slipway.batch.engine.ScratchFaults.Effect;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.testkit.ForwardingFileChannel;
import io.slipway.testkit.ProcessDiedError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Scratch files with faults, at every call that reaches the disk. */
record FaultyScratch(Scratch scratch, ScratchFaults faults) implements Scratch {

    @Override
    public Path newFile(String prefix) {
        return scratch.newFile(prefix);
    }

    @Override
    public Path file(String name) {
        return scratch.file(name);
    }

    @Override
    public List<Path> files() throws IOException {
        faults.next().check();
        return scratch.files();
    }

    @Override
    public FileChannel write(Path file) throws IOException {
        faults.next().check();
        return new Channel(scratch.write(file), faults);
    }

    @Override
    public FileChannel read(Path file) throws IOException {
        Effect effect = faults.next();
        effect.check();
        if (effect.damages()) {
            scratch.delete(file);
            throw new NoSuchFileException(file.toString());
        }
        return new Channel(scratch.read(file), faults);
    }

    @Override
    public FileChannel update(Path file) throws IOException {
        faults.next().check();
        return new Channel(scratch.update(file), faults);
    }

    @Override
    public void delete(Path file) {
        Effect effect = faults.next();
        if (effect.kind() == ScratchFaults.Kind.DIE) {
            throw new ProcessDiedError("the deletion of " + file);
        }
        if (!effect.stops()) {
            scratch.delete(file);
        }
    }

    @Override
    public void close() {
        if (!faults.isDead()) {
            scratch.close();
        }
    }

    /** A channel with faults. */
    private static final class Channel extends ForwardingFileChannel {

        private final ScratchFaults faults;

        Channel(FileChannel channel, ScratchFaults faults) {
            super(channel);
            this.faults = faults;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return damage(into, super::read);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return damage(into, buffer -> super.read(buffer, position));
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return write(from, super::write);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return write(from, buffer -> super.write(buffer, position));
        }

        private int damage(ByteBuffer into, Transfer transfer) throws IOException {
            Effect effect = faults.next();
            effect.check();
            int start = into.position();
            int read = transfer.of(into);
            if (effect.damages() && read > 0) {
                int at = start + read / 2;
                into.put(at, (byte) (into.get(at) ^ 4));
            }
            return read;
        }

        private int write(ByteBuffer from, Transfer transfer) throws IOException {
            Effect effect = faults.next();
            int half = from.remaining() / 2;
            if (effect.stops()) {
                if (!faults.isDead() || effect.kind() == ScratchFaults.Kind.FAIL) {
                    transfer.of(from.slice(from.position(), half));
                }
                effect.check();
            }
            if (!effect.damages()) {
                return transfer.of(from);
            }
            ByteBuffer damaged = ByteBuffer.allocate(from.remaining()).put(from).flip();
            damaged.put(half, (byte) (damaged.get(half) ^ 4));
            int written = transfer.of(damaged);
            from.position(from.limit() - damaged.remaining());
            return written;
        }

        /** Reads or writes. */
        private interface Transfer {
            int of(ByteBuffer buffer) throws IOException;
        }
    }
}
