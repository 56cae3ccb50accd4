package io.slipway.serving.ingest;

import io.slipway.model.SlipwayException;
import io.slipway.model.UnavailableException;
import io.slipway.model.manifest.FileEntry;
import io.slipway.serving.staging.KeptFiles;
import io.slipway.serving.store.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * One partition's part of a fetch folder. Immutable:
 *
 * <pre>
 *   part-&lt;PPPPP&gt;.json                the checkpoint
 *   part-&lt;PPPPP&gt;-&lt;k&gt;.sst             records
 *   part-&lt;PPPPP&gt;-&lt;k&gt;.deletes.sst     of a delta, deletes
 * </pre>
 *
 * @param folder the fetch folder
 * @param partition the partition
 */
record PartitionFolder(Path folder, int partition) {

    /** The name of the checkpoint. */
    String document() {
        return prefix() + ".json";
    }

    /** Where a file of so high a number is. */
    Path file(long number, FileEntry.Content content) {
        String end = content == FileEntry.Content.DELETES ? ".deletes.sst" : ".sst";
        return folder.resolve(prefix() + "-" + number + end);
    }

    /** The checkpoint; the start if there is none, it is damaged, or of another topic. */
    Checkpoint read(String topicId) {
        Path document = folder.resolve(document());
        try {
            Checkpoint found = Checkpoint.read(document.toString(), Files.readAllBytes(document));
            return found.topicId().equals(topicId) ? found : Checkpoint.start(topicId);
        } catch (NoSuchFileException | SlipwayException e) {
            return Checkpoint.start(topicId);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * The checkpoint if its files are what it says, else the start, for which everything is deleted.
     *
     * @throws java.util.concurrent.CancellationException if it was cancelled
     */
    Checkpoint resume(String topicId, BooleanSupplier cancelled) {
        Checkpoint found = read(topicId);
        boolean isGood =
                found.files().stream().allMatch(file -> KeptFiles.isGood(folder.resolve(file.name()), file, cancelled));
        if (isGood) {
            return found;
        }
        deleteAll();
        return Checkpoint.start(topicId);
    }

    /** Replaces the checkpoint, durably. */
    void write(Checkpoint checkpoint) {
        try {
            DurableFiles.write(folder.resolve(document()), checkpoint.toBytes());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    void delete(FileEntry file) {
        try {
            Files.deleteIfExists(folder.resolve(file.name()));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void deleteAll() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, prefix() + "*")) {
            for (Path file : found) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private String prefix() {
        return String.format("part-%05d", partition);
    }

    private UnavailableException unavailable(IOException e) {
        return new UnavailableException(
                "The folder " + folder + " cannot be used: " + e
                        + ". It is tried again; free some space or look at the disk.",
                e);
    }
}
