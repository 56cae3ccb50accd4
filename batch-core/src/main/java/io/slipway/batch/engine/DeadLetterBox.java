package io.slipway.batch.engine;

import io.slipway.batch.DeadLetters;
import io.slipway.batch.shuffle.Scratch;
import io.slipway.model.InvalidInputException;
import io.slipway.model.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Gathers what tasks refuse, and writes it to one file in the order of the tasks. Thread-safe. */
final class DeadLetterBox {

    private final DeadLetters settings;
    private final Scratch scratch;
    private final Path unfinished;
    private final Map<TaskId, DeadLetterPart> parts = new ConcurrentSkipListMap<>();

    /**
     * A box for one run.
     *
     * @throws UnavailableException if the file cannot be written
     */
    DeadLetterBox(DeadLetters settings, Scratch scratch) {
        this.settings = settings;
        this.scratch = scratch;
        Path file = settings.file().toAbsolutePath();
        this.unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Opens what one attempt at a task writes to. */
    DeadLetterPart.Writer open() throws IOException {
        Path file = scratch.newFile("dead");
        return new DeadLetterPart.Writer(scratch, file);
    }

    /** Takes what a task wrote that is done. */
    void complete(TaskId task, DeadLetterPart part) {
        parts.put(task, part);
    }

    /** How many records completed tasks have refused. */
    long records() {
        return parts.values().stream().mapToLong(DeadLetterPart::records).sum();
    }

    /** Whether so many records more than those of completed tasks are too many. */
    boolean isFull(long more) {
        return settings.limit() instanceof DeadLetters.Count most && records() + more > most.records();
    }

    /**
     * Refuses to go on if there are too many.
     *
     * @param read how many records were read so far, bad ones included
     * @throws InvalidInputException if more than the limit are bad
     */
    void check(long read) {
        long bad = records();
        boolean isOver = settings.limit() instanceof DeadLetters.Share most ? bad > most.ofRecords() * read : isFull(0);
        if (isOver) {
            throw tooMany(bad + " of " + read);
        }
    }

    /** What is said when there are too many. */
    InvalidInputException tooMany(String number) {
        return new InvalidInputException(number + " records cannot be used, and the limit is " + settings.limit()
                + ". Look at " + settings.file() + ", and correct the input or raise the limit.");
    }

    /**
     * Writes all to the file, durably.
     *
     * @throws UnavailableException if that is not possible
     */
    void write() {
        try {
            try (FileChannel out = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                for (DeadLetterPart part : parts.values()) {
                    ByteBuffer content = ByteBuffer.wrap(part.content(scratch));
                    while (content.hasRemaining()) {
                        out.write(content);
                    }
                }
                out.force(true);
            }
            Files.move(
                    unfinished,
                    settings.file().toAbsolutePath(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Leaves the file as the run that did the work has written it. */
    void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UnavailableException unwritable(IOException e) {
        return new UnavailableException(
                "The dead-letter file " + settings.file() + " cannot be written (" + e + "). Choose another.", e);
    }
}
