package io.slipway.cli.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.model.VersionId;
import io.slipway.model.catalog.VersionEntry;
import io.slipway.model.catalog.VersionState;
import io.slipway.model.digest.Digest;
import io.slipway.model.json.SealedJson;
import io.slipway.model.json.Sha256;
import io.slipway.model.manifest.FileEntry;
import io.slipway.model.manifest.Manifest;
import io.slipway.model.manifest.PartitionEntry;
import io.slipway.model.repository.Layout;
import io.slipway.model.storage.LocalFolderStorage;
import io.slipway.testkit.Faults;
import io.slipway.testkit.MemoryFolders;
import io.slipway.testkit.SampleRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can be wrong with a version in its repository, through controller and node to a reader: it is refused
 * before it is visible, with the file, the place, what was expected and what was found, and the version before keeps
 * serving. Prints the table of faults and messages.
 */
class FaultTableTest {

    private static final VersionId GOOD = Life.version(1);
    private static final VersionId BAD = Life.version(2);

    @TempDir(factory = MemoryFolders.class)
    private Path folder;

    private final Watch watch = new Watch();
    private Surroundings surroundings;
    private LiveProcess process;

    /**
     * One row.
     *
     * @param publish commits version 2
     * @param damage what is done to it before anybody has seen it, or after it was discovered
     * @param state what becomes of the version
     * @param words what its reason says: the file, the place, what was expected and what was found
     */
    private record Row(String fault, Damage publish, Damage damage, VersionState state, List<String> words) {

        static Row refused(String fault, Damage damage, String... words) {
            return new Row(
                    fault, test -> test.process.publish(BAD.number()), damage, VersionState.REJECTED, List.of(words));
        }

        static Row held(String fault, Damage damage, String... words) {
            return new Row(
                    fault, test -> test.process.publish(BAD.number()), damage, VersionState.HELD, List.of(words));
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    /** What is done to version 2. */
    @FunctionalInterface
    private interface Damage {
        void run(FaultTableTest test) throws IOException;
    }

    static Stream<Row> rows() {
        return Stream.of(
                Row.refused(
                        "a truncated file",
                        test -> test.change(0, bytes -> Arrays.copyOf(bytes, bytes.length - 1)),
                        "v2/part-00000-1-0.sst",
                        "(size)",
                        "expected ",
                        "bytes, found "),
                Row.refused(
                        "a longer file",
                        test -> test.change(0, bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
                        "v2/part-00000-1-0.sst",
                        "(size)",
                        "bytes, found more"),
                Row.refused(
                        "a missing file",
                        test -> Files.delete(test.file(1)),
                        "v2/part-00001-1-0.sst",
                        "(whole file)",
                        "bytes, found no file"),
                Row.refused(
                        "a file that is empty",
                        test -> test.change(0, bytes -> new byte[0]),
                        "v2/part-00000-1-0.sst",
                        "(size)",
                        "found 0 bytes"),
                new Row(
                        "an empty output with a success mark",
                        test -> test.process.publish("found-nothing", SampleRecords.none()),
                        test -> {},
                        VersionState.HELD,
                        List.of("is empty", "from 9 to 0")),
                Row.refused(
                        "flipped bytes in values",
                        test -> test.change(0, FaultTableTest::flipValues),
                        "v2/part-00000-1-0.sst",
                        "offset ",
                        "expected SHA-256 ",
                        "found "),
                Row.refused(
                        "flipped bytes in values, and the manifest's SHA-256 with them",
                        test -> {
                            test.change(0, FaultTableTest::flipValues);
                            test.forge(manifest -> test.rehashed(manifest));
                        },
                        "part-00000-1-0.sst",
                        "offset ",
                        "checksum mismatch: stored = ",
                        "computed = "),
                Row.refused(
                        "a file of another version",
                        test -> test.change(0, bytes -> Files.readAllBytes(test.file(GOOD, 0))),
                        "v2/part-00000-1-0.sst",
                        "(size)",
                        "expected ",
                        "found "),
                Row.refused(
                        "files swapped between partitions",
                        FaultTableTest::swapFiles,
                        "v2/part-0000",
                        "(size)",
                        "expected ",
                        "found "),
                Row.refused(
                        "partitions swapped in the manifest",
                        FaultTableTest::swapPartitionsInTheManifest,
                        "v2/part-0000",
                        "(key ",
                        "expected keys of partition ",
                        "found one of "),
                Row.refused(
                        "forged counts",
                        test -> test.forge(manifest -> withDigest(manifest, 0, 1)),
                        "part-00000-1-0.sst",
                        "(record count)",
                        "expected ",
                        "found "),
                Row.refused(
                        "a forged digest, where records are verified",
                        test -> {
                            test.process.set(Map.of("verify", "records"));
                            test.forge(manifest -> withDigest(manifest, 1, 0));
                        },
                        "datasets/life/v2",
                        "(digest of partition 0)",
                        "expected ",
                        "found "),
                Row.held(
                        "a manifest changed between its discovery and the gates",
                        test -> {
                            test.process.swap(BAD.number());
                            test.forge(manifest -> manifest);
                        },
                        "v2/manifest.json",
                        "(SHA-256)",
                        "expected ",
                        "found "),
                Row.refused(
                        "a manifest changed after the gates",
                        test -> {
                            test.process.beginStaging();
                            test.forge(manifest -> manifest);
                            test.process.restart();
                        },
                        "v2/manifest.json",
                        "(whole file)",
                        "as the catalog has it",
                        "found "),
                Row.refused(
                        "a manifest missing after the gates",
                        test -> {
                            test.process.beginStaging();
                            Files.delete(test.manifestFile());
                            test.process.restart();
                        },
                        "v2/manifest.json",
                        "expected a manifest of SHA-256 ",
                        "found no file"),
                Row.refused(
                        "a manifest of a newer format",
                        FaultTableTest::sealAsNewer,
                        "v2/manifest.json",
                        "format version 2",
                        "1 to 1"),
                Row.refused(
                        "a manifest with another number",
                        test -> test.change(test.manifestFile(), FaultTableTest::withOtherDuplicates),
                        "v2/manifest.json",
                        "checksum",
                        "expected ",
                        "found "),
                Row.refused(
                        "a truncated manifest",
                        test -> test.change(test.manifestFile(), bytes -> Arrays.copyOf(bytes, bytes.length / 2)),
                        "v2/manifest.json",
                        "line ",
                        "not well-formed",
                        "end-of-input"),
                Row.refused(
                        "a manifest of another version",
                        test -> test.change(test.manifestFile(), bytes -> Files.readAllBytes(test.manifestFile(GOOD))),
                        "v2/manifest.json",
                        "(dataset and version)",
                        "expected version 2 of life",
                        "found version 1 of life"));
    }

    @BeforeEach
    void serveAGoodVersion() throws IOException {
        surroundings = new Surroundings(folder);
        process = new LiveProcess(surroundings, Faults.none(), watch, new HashMap<>());
        watch.allow(1);
        process.publish(GOOD.number());
        process.settle();
        watch.lookNow();
        assertThat(watch.seen()).isEqualTo(1);
    }

    @AfterEach
    void stop() throws IOException {
        process.close();
        surroundings.disk().unmount();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whateverIsWrongIsRefusedBeforeItIsVisible(Row row) throws IOException {
        row.publish().run(this);
        row.damage().run(this);
        process.settle();

        VersionEntry bad = entry();
        System.out.println("| " + row.fault() + " | " + bad.state() + " | " + bad.reason() + " |");
        assertThat(bad.state()).isEqualTo(row.state());
        assertThat(bad.reason()).contains(row.words());
        watch.lookNow();
        assertThat(watch.violations()).isEmpty();
        assertThat(watch.seen()).as("readers still see version 1").isEqualTo(1);
        assertThat(surroundings.dataFolder().resolve("datasets/life/v2")).doesNotExist();
    }

    private VersionEntry entry() {
        return surroundings.catalog().latest().datasetOrEmpty(Life.DATASET).versions().values().stream()
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private Path file(int partition) {
        return file(BAD, partition);
    }

    private Path file(VersionId version, int partition) {
        Manifest manifest = surroundings.repository().committed(version).manifest();
        String name = manifest.filesOf(partition).get(0).name();
        return surroundings.repositoryFolder().resolve(Layout.file(version, name));
    }

    private Path manifestFile() {
        return manifestFile(BAD);
    }

    private Path manifestFile(VersionId version) {
        return surroundings.repositoryFolder().resolve(Layout.file(version, Layout.MANIFEST));
    }

    /** Changes bytes. */
    @FunctionalInterface
    private interface Change {
        byte[] of(byte[] bytes) throws IOException;
    }

    private void change(int partition, Change change) throws IOException {
        change(file(partition), change);
    }

    private void change(Path file, Change change) throws IOException {
        replace(file, change.of(Files.readAllBytes(file)));
    }

    /** At once: a node that looks meanwhile sees the one or the other. */
    private void replace(Path file, byte[] content) throws IOException {
        Path changed = Files.write(folder.resolve("changed"), content);
        Files.move(changed, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void swapFiles() throws IOException {
        byte[] first = Files.readAllBytes(file(0));
        byte[] second = Files.readAllBytes(file(1));
        change(0, bytes -> second);
        change(1, bytes -> first);
    }

    private void sealAsNewer() throws IOException {
        change(manifestFile(), bytes -> SealedJson.seal(2, manifestJson()));
    }

    /** Each file under the other's partition, with counts and digests to match: no writer of ours could write that. */
    private void swapPartitionsInTheManifest() throws IOException {
        ObjectNode json = manifestJson();
        swapPartitions(json, "files");
        swapPartitions(json, "partitions");
        change(manifestFile(), bytes -> SealedJson.seal(1, json));
    }

    /** Swaps the two entries of a list, which are in the order of their partitions. */
    private static void swapPartitions(ObjectNode manifest, String list) {
        JsonNode entries = manifest.get(list);
        assertThat(entries).hasSize(2);
        entries.forEach(entry ->
                ((ObjectNode) entry).put("partition", 1 - entry.get("partition").asInt()));
        manifest.putArray(list).add(entries.get(1)).add(entries.get(0));
    }

    private ObjectNode manifestJson() throws IOException {
        ObjectNode json =
                (ObjectNode) new ObjectMapper().readTree(manifestFile().toFile());
        json.remove(List.of("formatVersion", "checksum"));
        return json;
    }

    /** Changes a manifest. */
    @FunctionalInterface
    private interface Forgery {
        Manifest of(Manifest manifest) throws IOException;
    }

    /** Replaces the manifest by one that agrees with itself. */
    private void forge(Forgery forgery) throws IOException {
        Manifest manifest = surroundings.repository().committed(BAD).manifest();
        try (LocalFolderStorage forge = new LocalFolderStorage(folder.resolve("forge"))) {
            surroundings.repository(forge).commit(forgery.of(manifest));
            replace(manifestFile(), forge.read(Layout.file(BAD, Layout.MANIFEST)));
        }
    }

    private Manifest rehashed(Manifest manifest) throws IOException {
        List<FileEntry> files = new ArrayList<>();
        for (FileEntry file : manifest.files()) {
            Path path = surroundings.repositoryFolder().resolve(Layout.file(BAD, file.name()));
            files.add(copy(file, file.partition(), file.records(), Sha256.hex(Files.readAllBytes(path))));
        }
        return copy(manifest, files, manifest.partitions());
    }

    private static Manifest withDigest(Manifest manifest, long moreSum, long moreRecords) {
        Digest first = manifest.partitions().get(0).digest();
        Digest forged = new Digest(first.sum() + moreSum, first.records() + moreRecords);
        List<FileEntry> files = manifest.files().stream()
                .map(file -> copy(
                        file,
                        file.partition(),
                        file.records() + (file.partition() == 0 ? moreRecords : 0),
                        file.sha256()))
                .toList();
        return copy(
                manifest,
                files,
                List.of(new PartitionEntry(0, forged), manifest.partitions().get(1)));
    }

    private static FileEntry copy(FileEntry file, int partition, long records, String sha256) {
        return new FileEntry(
                file.name(), partition, file.bytes(), records, sha256, file.leastKey(), file.greatestKey());
    }

    private static Manifest copy(Manifest manifest, List<FileEntry> files, List<PartitionEntry> partitions) {
        return new Manifest(
                manifest.version(),
                manifest.route(),
                manifest.runId(),
                manifest.keySchema(),
                manifest.valueSchema(),
                Optional.empty(),
                Optional.empty(),
                manifest.routingFields(),
                files,
                partitions,
                partitions.stream().map(PartitionEntry::digest).reduce(Digest.EMPTY, Digest::plus),
                manifest.bytes(),
                manifest.policy(),
                manifest.duplicates(),
                manifest.fields(),
                manifest.compression(),
                manifest.provenance());
    }

    private static byte[] withOtherDuplicates(byte[] manifest) {
        String text = new String(manifest, StandardCharsets.UTF_8);
        String changed = text.replace("\"duplicates\" : 0", "\"duplicates\" : 1");
        assertThat(changed).isNotEqualTo(text);
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] flipValues(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("v2");
        assertThat(at).as("where the file has a value").isPositive();
        return flip(bytes, at + 1);
    }

    private static byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        return flipped;
    }
}
