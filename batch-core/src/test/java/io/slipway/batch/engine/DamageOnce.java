package io.slipway.batch.engine;

import io.slipway.batch.shuffle.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Scratch files of which one sorted run has a wrong bit on the disk when it is first opened. Whoever opens it, also a
 * second reader at that moment, gets it when it is damaged already: the damage is in the first partition, which the
 * thread that does it need not be the one to read.
 */
final class DamageOnce extends ForwardingScratch {

    private boolean isDone;

    DamageOnce(Scratch scratch) {
        super(scratch);
    }

    @Override
    public synchronized FileChannel read(Path file) throws IOException {
        if (file.getFileName().toString().startsWith("run-") && !isDone) {
            isDone = true;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer one = ByteBuffer.allocate(1);
                channel.read(one, 20);
                channel.write(one.put(0, (byte) (one.get(0) ^ 1)).flip(), 20);
            }
        }
        return super.read(file);
    }
}
