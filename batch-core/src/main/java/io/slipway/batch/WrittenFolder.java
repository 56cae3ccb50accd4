package io.slipway.batch;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder that a job has written.
 *
 * @param folder where it is
 * @param files its files, in the order of the records
 */
public record WrittenFolder(Path folder, List<File> files) {

    /** Takes a copy of the list. */
    public WrittenFolder {
        files = List.copyOf(files);
    }

    /**
     * One of its files.
     *
     * @param name its name: {@code part-00003.csv}
     * @param records how many records it holds
     * @param bytes its size
     */
    public record File(String name, long records, long bytes) {}

    /** How many records all files hold. */
    public long records() {
        return files.stream().mapToLong(File::records).sum();
    }

    /** The size of all files. */
    public long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }
}
