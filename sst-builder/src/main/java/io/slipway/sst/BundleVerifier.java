package io.slipway.sst;

import io.slipway.model.CorruptDataException;
import io.slipway.model.NotFoundException;
import io.slipway.model.VersionId;
import io.slipway.model.digest.DigestBuilder;
import io.slipway.model.json.Sha256;
import io.slipway.model.key.KeyCodec;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.partition.Partitioner;
import io.slipway.model.value.ValueCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Compares a committed version with its manifest: every file's presence, size and SHA-256, every block's checksum, record
 * counts and key ranges, and where asked every record. Of a version whose records lie in a topic, that is after its files
 * were made, which compares the whole topic with the manifest. Of a delta, what is compared is its own
 * files, and that its base is the version that it names. Stateless but for the files; thread-safe.
 */
public final class BundleVerifier {

    private static final int READ_BYTES = 1 << 16;

    private final VersionFiles versions;
    private final int parallelism;

    /** A verifier of versions, which works on one file at a time. */
    public BundleVerifier(VersionFiles versions) {
        this(versions, 1);
    }

    /**
     * A verifier of versions.
     *
     * @param versions where they are
     * @param parallelism how many files, or partitions' records, are read at a time
     */
    public BundleVerifier(VersionFiles versions, int parallelism) {
        this.versions = versions;
        this.parallelism = parallelism;
    }

    /** How far to verify. */
    public enum Depth {
        /** Files: sizes, hashes, block checksums, counts, key ranges. */
        FILES,
        /** Also every record: its digest, its partition, and that its value is one of the schema. */
        RECORDS
    }

    /**
     * What was found.
     *
     * @param manifest the version's manifest
     * @param problems what is wrong, a sentence each, naming file, place, expected and found; none if all is well
     */
    public record Report(Manifest manifest, List<String> problems) {

        /** Takes a copy of the list. */
        public Report {
            problems = List.copyOf(problems);
        }

        /** Whether nothing is wrong. */
        public boolean isSound() {
            return problems.isEmpty();
        }
    }

    /**
     * Verifies a version.
     *
     * @param depth how far
     * @param progress is told how many bytes were checked since it was told last, by one thread at a time
     * @return what was found in the files
     * @throws NotFoundException if the version is not committed
     * @throws CorruptDataException if the manifest itself is damaged or about another version
     */
    public Report verify(VersionId version, Depth depth, LongConsumer progress) {
        Manifest manifest = versions.repository().committed(version).manifest();
        try {
            return verify(manifest, versions.of(manifest), depth, progress);
        } catch (CorruptDataException e) {
            return new Report(manifest, List.of(e.getMessage()));
        }
    }

    private Report verify(Manifest manifest, List<VersionFile> files, Depth depth, LongConsumer progress) {
        LongConsumer oneByOne = bytes -> {
            synchronized (progress) {
                progress.accept(bytes);
            }
        };
        Map<Integer, List<String>> problems = new TreeMap<>();
        try (Parallel parallel = new Parallel(parallelism)) {
            List<List<String>> ofFiles =
                    parallel.all(files, file -> problemsOf(list -> verifyFile(manifest, file, list, oneByOne)));
            for (int i = 0; i < ofFiles.size(); i++) {
                int partition = files.get(i).entry().partition();
                problems.computeIfAbsent(partition, none -> new ArrayList<>()).addAll(ofFiles.get(i));
            }
            if (depth == Depth.RECORDS) {
                List<PartitionEntry> sound = manifest.partitions().stream()
                        .filter(partition -> problems.getOrDefault(partition.partition(), List.of())
                                .isEmpty())
                        .toList();
                List<List<String>> ofRecords =
                        parallel.all(sound, partition -> problemsOf(list -> verifyRecords(manifest, partition, list)));
                for (int i = 0; i < sound.size(); i++) {
                    problems.put(sound.get(i).partition(), ofRecords.get(i));
                }
            }
        }
        List<String> all = new ArrayList<>();
        verifyBases(manifest, all);
        problems.values().forEach(all::addAll);
        return new Report(manifest, all);
    }

    private static List<String> problemsOf(Consumer<List<String>> check) {
        List<String> problems = new ArrayList<>();
        check.accept(problems);
        return problems;
    }

    private void verifyBases(Manifest manifest, List<String> problems) {
        try {
            DeltaChain.of(versions.repository(), manifest);
        } catch (CorruptDataException e) {
            problems.add(e.getMessage());
        }
    }

    private static void verifyFile(Manifest manifest, VersionFile file, List<String> problems, LongConsumer progress) {
        try {
            SstCheck.checkPartition(manifest, file.entry());
            try (LocalCopy copy = file.open()) {
                compareHash(file, copy.path(), problems, progress);
                SstCheck.check(copy.path(), file.entry());
            }
        } catch (CorruptDataException e) {
            problems.add(e.getMessage());
        } catch (NoSuchFileException e) {
            problems.add(new CorruptDataException(
                            file.place(), "whole file", file.entry().bytes() + " bytes", "no file")
                    .getMessage());
        } catch (IOException e) {
            problems.add(file.place() + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static void compareHash(VersionFile file, Path local, List<String> problems, LongConsumer progress)
            throws IOException {
        FileEntry expected = file.entry();
        MessageDigest sha256 = Sha256.newDigest();
        byte[] buffer = new byte[READ_BYTES];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(local)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
                bytes += read;
                progress.accept(read);
            }
        }
        if (bytes != expected.bytes()) {
            problems.add(new CorruptDataException(file.place(), "size", expected.bytes() + " bytes", bytes + " bytes")
                    .getMessage());
        }
        String found = Sha256.hex(sha256);
        if (!found.equals(expected.sha256())) {
            problems.add(new CorruptDataException(file.place(), "whole file", "SHA-256 " + expected.sha256(), found)
                    .getMessage());
        }
    }

    private void verifyRecords(Manifest manifest, PartitionEntry expected, List<String> problems) {
        DigestBuilder digest = new DigestBuilder();
        for (VersionFile file : versions.of(manifest, expected.partition())) {
            try (LocalCopy copy = file.open()) {
                SstRecords.forEach(copy.path(), recordCheck(manifest, file.entry(), digest));
            } catch (CorruptDataException e) {
                problems.add(file.place() + ": " + e.getMessage());
                return;
            }
        }
        if (!digest.digest().equals(expected.digest())) {
            String partition = "Partition " + expected.partition() + " of " + manifest.version();
            problems.add(new CorruptDataException(partition, "all records", expected.digest(), digest.digest())
                    .getMessage());
        }
    }

    private static SstRecords.Visitor recordCheck(Manifest manifest, FileEntry file, DigestBuilder digest) {
        Partitioner partitioner = manifest.partitioner();
        ValueCodec values = ValueCodec.of(manifest.valueSchema());
        KeyCodec keys = KeyCodec.of(manifest.keySchema());
        return (key, value) -> {
            if (file.isDeletes()) {
                DeletedKeys.add(file, key, value, digest);
            } else {
                digest.add(key, value);
                checkValue(values, keys, file, key, value);
            }
            int partition = partitioner.partition(key);
            if (partition != file.partition()) {
                throw new CorruptDataException(
                        file.name(), "a key", "keys of partition " + file.partition(), "one of " + partition);
            }
        };
    }

    private static void checkValue(ValueCodec values, KeyCodec keys, FileEntry file, byte[] key, byte[] value) {
        try {
            values.check(value, 0, value.length);
        } catch (CorruptDataException e) {
            throw new CorruptDataException(
                    file.name(), "value of key '" + keys.describe(key) + "'", String.valueOf(e.getMessage()), e);
        }
    }
}
