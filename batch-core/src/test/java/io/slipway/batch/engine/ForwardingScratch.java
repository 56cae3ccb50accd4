package io.slipway.batch.engine;

import io.slipway.batch.shuffle.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** Scratch files that are those of another, except for what a subclass does. */
abstract class ForwardingScratch implements Scratch {

    private final Scratch scratch;

    ForwardingScratch(Scratch scratch) {
        this.scratch = scratch;
    }

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
        return scratch.files();
    }

    @Override
    public FileChannel write(Path file) throws IOException {
        return scratch.write(file);
    }

    @Override
    public FileChannel read(Path file) throws IOException {
        return scratch.read(file);
    }

    @Override
    public FileChannel update(Path file) throws IOException {
        return scratch.update(file);
    }

    @Override
    public void delete(Path file) {
        scratch.delete(file);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
