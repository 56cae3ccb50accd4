package io.slipway.batch.engine;

import io.slipway.batch.RecordWriter;
import io.slipway.batch.WrittenFolder;
import io.slipway.batch.output.OutputDisk;
import io.slipway.batch.output.OutputFolder;
import io.slipway.batch.output.PartFile;
import io.slipway.batch.plan.WriteOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** One folder that a run writes: the files that tasks have handed over so far. Thread-safe. */
final class WriteTarget implements AutoCloseable {

    private final WriteOutput output;
    private final OutputDisk disk;
    private final OutputFolder folder;
    private final Map<TaskId, Part> parts = new ConcurrentSkipListMap<>();
    private Optional<WrittenFolder> written = Optional.empty();

    WriteTarget(WriteOutput output, OutputDisk disk) {
        this.output = output;
        this.disk = disk;
        this.folder =
                OutputFolder.open(disk, output.sink().folder(), output.sink().existing());
    }

    /**
     * What a completed task has written.
     *
     * @param file a complete and durable file
     * @param records how many records it holds
     * @param bytes its size
     */
    record Part(Path file, long records, long bytes) {}

    WriteOutput output() {
        return output;
    }

    OutputDisk disk() {
        return disk;
    }

    /** Where it is. */
    Path folder() {
        return folder.folder();
    }

    /** A name for a new file. */
    Path newFile() {
        return folder.newFile();
    }

    /** Begins a file. */
    RecordWriter<Object> create(Path file) throws IOException {
        OutputStream out = disk.create(file);
        try {
            return output.sink().open(output.type(), out);
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Takes what a task has written. */
    void complete(TaskId task, Part part) {
        parts.put(task, part);
    }

    /** Makes all visible at once; one file without records if there are none, so that readers find a schema. */
    void commit() {
        try {
            if (parts.isEmpty()) {
                Path file = newFile();
                create(file).close();
                disk.sync(file);
                parts.put(new TaskId(0, 0), new Part(file, 0, Files.size(file)));
            }
        } catch (IOException e) {
            throw OutputFolder.unavailable(folder(), e);
        }
        written = Optional.of(folder.commit(numbered(), output.sink().suffix()));
    }

    /** What was written, once it is committed. */
    Optional<WrittenFolder> written() {
        return written;
    }

    @Override
    public void close() {
        folder.close();
    }

    /** The parts by the numbers of their tasks; those of a further stage, behind a union, come after. */
    private List<PartFile> numbered() {
        List<PartFile> numbered = new ArrayList<>();
        int stage = -1;
        int first = 0;
        for (Map.Entry<TaskId, Part> entry : parts.entrySet()) {
            TaskId task = entry.getKey();
            if (task.stage() != stage) {
                first = numbered.isEmpty()
                        ? 0
                        : numbered.get(numbered.size() - 1).number() + 1;
                stage = task.stage();
            }
            Part part = entry.getValue();
            numbered.add(new PartFile(first + task.task(), part.file(), part.records(), part.bytes()));
        }
        return numbered;
    }
}
