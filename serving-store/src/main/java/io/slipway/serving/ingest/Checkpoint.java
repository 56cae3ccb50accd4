package io.slipway.serving.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kafka.read.PartitionProgress;
import io.slipway.kafka.read.PartitionProgressJson;
import io.slipway.model.json.JsonFields;
import io.slipway.model.json.SealedJson;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.FileEntryJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far one partition has been read, and the files that hold what was read: the document {@code part-<PPPPP>.json} in a
 * version's fetch folder. Immutable.
 *
 * <p><b>Why a kill at any moment is harmless.</b> A checkpoint is made between two looks for records: all that was taken is
 * put into files, each of which is finished, read back and synced; then the document that names them, with the offset of what
 * comes next and what each attempt sums up to, replaces the one before atomically; only then are files deleted that the one
 * before named and this one does not. So whatever moment a process is killed at, there is one whole document, whose files are
 * there and hold exactly what is before its offset. Files that it does not name are later than it or were dropped: they are
 * deleted, and what was in the later ones is read again. It is believed for a topic of the same id only, and if the bytes of
 * every file have the hash that it says ({@link io.slipway.serving.staging.KeptFiles}); else the partition begins anew. What it
 * says of digests is bound by its own checksum, and compared with END, COMMIT and manifest in the end.
 *
 * @param topicId the id of the topic that was read
 * @param nextFile the number of the next file: all that are named have lower ones
 * @param progress how far it was read, and which attempts were found
 * @param attempts the files of those that are kept
 */
record Checkpoint(String topicId, long nextFile, PartitionProgress progress, List<Kept> attempts) {

    private static final int FORMAT_VERSION = 1;

    Checkpoint {
        attempts = List.copyOf(attempts);
    }

    /**
     * What is kept of an attempt.
     *
     * @param startOffset the offset of its START
     * @param ascending whether its files are one after the other in the order of keys; else each is a sorted run of its own
     * @param twice a key that it has twice, in hex: then there are no files
     * @param files its files
     */
    record Kept(long startOffset, boolean ascending, Optional<String> twice, List<FileEntry> files) {

        Kept {
            files = List.copyOf(files);
        }
    }

    /** Nothing read yet. */
    static Checkpoint start(String topicId) {
        return new Checkpoint(topicId, 0, PartitionProgress.START, List.of());
    }

    /** All files that it names. */
    List<FileEntry> files() {
        return attempts.stream().flatMap(attempt -> attempt.files().stream()).toList();
    }

    /** How many bytes of keys and values are in them. */
    long bytes() {
        return bytes(progress, attempts.stream().map(Kept::startOffset).collect(Collectors.toSet()));
    }

    /** How many bytes of keys and values those attempts have that start at one of some offsets. */
    static long bytes(PartitionProgress progress, Set<Long> startOffsets) {
        return Stream.concat(progress.open().stream(), progress.finished().stream())
                .filter(attempt -> startOffsets.contains(attempt.startOffset()))
                .mapToLong(attempt -> attempt.totals().bytes())
                .sum();
    }

    byte[] toBytes() {
        ObjectNode json = SealedJson.object();
        json.put("topicId", topicId);
        json.put("nextFile", nextFile);
        PartitionProgressJson.write(progress, json.putObject("progress"));
        ArrayNode array = json.putArray("attempts");
        attempts.forEach(attempt -> write(attempt, array.addObject()));
        return SealedJson.seal(FORMAT_VERSION, json);
    }

    /**
     * Reads a document.
     *
     * @throws io.slipway.model.CorruptDataException if it is damaged
     * @throws io.slipway.model.UnsupportedFormatException if it is another program's
     */
    static Checkpoint read(String file, byte[] document) {
        JsonFields json = SealedJson.open(file, document, FORMAT_VERSION, FORMAT_VERSION);
        return new Checkpoint(
                json.text("topicId"),
                json.longCount("nextFile"),
                PartitionProgressJson.read(json.object("progress")),
                json.objects("attempts", Checkpoint::readKept));
    }

    private static void write(Kept attempt, ObjectNode json) {
        json.put("startOffset", attempt.startOffset());
        json.put("ascending", attempt.ascending());
        attempt.twice().ifPresent(key -> json.put("twice", key));
        FileEntryJson.write(attempt.files(), json.putArray("files"));
    }

    private static Kept readKept(JsonFields json) {
        return new Kept(
                json.longCount("startOffset"),
                json.flag("ascending"),
                json.has("twice") ? Optional.of(json.text("twice")) : Optional.empty(),
                json.objects("files", FileEntryJson::read));
    }
}
