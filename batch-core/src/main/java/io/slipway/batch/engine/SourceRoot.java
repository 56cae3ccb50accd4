package io.slipway.batch.engine;

import io.slipway.batch.BadRecord;
import io.slipway.batch.Source;
import io.slipway.batch.SourceContext;
import io.slipway.batch.Split;
import io.slipway.batch.plan.Receiver;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** Reads a source, a split a task. */
final class SourceRoot implements Root {

    private final Source<?> source;
    private final long splitBytes;
    private List<Split> splits = List.of();

    SourceRoot(Source<?> source, long splitBytes) {
        this.source = source;
        this.splitBytes = splitBytes;
    }

    @Override
    public String label() {
        return "read " + source.label();
    }

    @Override
    public int expectedTasks() throws IOException {
        return source.splits(splitBytes).size();
    }

    @Override
    public Work prepare() throws IOException {
        splits = source.splits(splitBytes);
        long bytes = source.files().isEmpty()
                ? 0
                : splits.stream().mapToLong(Split::length).sum();
        return new Work(splits.size(), bytes, 0);
    }

    @Override
    public void run(int task, Attempt attempt, Receiver out) throws IOException {
        read(source, splits.get(task), attempt, out);
    }

    private static <T> void read(Source<T> source, Split split, Attempt attempt, Receiver out) throws IOException {
        source.read(split, new SourceContext<>() {
            @Override
            public void emit(T record) {
                attempt.recordRead();
                out.receive(null, record);
            }

            @Override
            public void count(String counter, long delta) {
                attempt.count(counter, delta);
            }

            @Override
            public void holds(long bytes) throws IOException {
                attempt.holds(bytes);
            }

            @Override
            public void bytesRead(long bytes) {
                attempt.bytesRead(bytes);
            }

            @Override
            public void badRecord(Supplier<BadRecord> record) {
                attempt.unread();
                attempt.badRecord(record);
            }

            @Override
            public void refuse(Supplier<BadRecord> record, String remedy) {
                attempt.unread();
                attempt.refuse(record, remedy);
            }
        });
    }
}
